package io.klepto.jcache.config.file;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;

/** Managers whose URI names a file in a folder; their provider closes them. */
final class Managers implements AutoCloseable {
  private final KleptoCachingProvider provider = new KleptoCachingProvider();
  private final Path file;

  Managers(Path folder) {
    this.file = folder.resolve("klepto.conf");
  }

  KleptoCachingProvider provider() {
    return provider;
  }

  Path file() {
    return file;
  }

  /** Writes the file and returns the manager that reads it, or read it before. */
  CacheManager read(String text) throws IOException {
    Files.writeString(file, text);
    return provider.getCacheManager(file.toUri(), getClass().getClassLoader());
  }

  static Set<String> namesIn(CacheManager manager) {
    Set<String> names = new TreeSet<>();
    manager.getCacheNames().forEach(names::add);
    return names;
  }

  @SuppressWarnings("unchecked")
  static <K, V> KleptoConfiguration<K, V> configurationOf(Cache<K, V> cache) {
    return cache.getConfiguration(KleptoConfiguration.class);
  }

  /** Returns why a cache can't be created. */
  static String refusal(CacheManager manager, String cache) {
    return assertThrows(CacheException.class, () -> manager.getCache(cache)).getMessage();
  }

  @Override
  public void close() {
    provider.close();
  }
}
