package io.klepto.jcache.config.file;

import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/** Reads texts as if they were files of the working directory. */
final class Reader {
  private final Map<String, String> outside;
  private final Collection<String> asked = new TreeSet<>();

  /** Makes a reader that finds names outside of the files as the map has them. */
  Reader(Map<String, String> outside) {
    this.outside = outside;
  }

  static Reader alone() {
    return new Reader(Map.of());
  }

  /** Returns the paths of the keys that were asked for. */
  Collection<String> asked() {
    return asked;
  }

  CachesSettings read(String name, String text, Properties properties) {
    SourceText source = new SourceText(new Place.OnDisk(Path.of(name)), text);
    return new ManagerReader(new Outside(outside::get, missing -> null), asked)
        .read(Optional.of(source), PropertyText.of(properties));
  }

  /** Returns what a text says of the cache {@code c}. */
  KleptoConfiguration<Object, Object> cache(String text) {
    return configuration(read("test.conf", text, new Properties()).of("c"));
  }

  static KleptoConfiguration<Object, Object> configuration(CacheSettings settings) {
    return settings.configuration(new NamedClasses(Reader.class.getClassLoader()));
  }
}
