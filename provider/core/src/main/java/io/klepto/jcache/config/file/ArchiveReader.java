package io.klepto.jcache.config.file;

import io.klepto.archive.codec.Codecs;
import io.klepto.archive.store.Durability;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.WriteBehind;
import io.klepto.jcache.config.WriteBehindBuilder;
import io.klepto.jcache.config.WriteFailureListener;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads the archive of a cache, and how it is written behind. Used by one thread, once. */
final class ArchiveReader {
  private final Section archive;
  private final Section writeBehind;
  private final Consumer<Consumer<KleptoConfigurationBuilder<Object, Object>>> plain;
  private final Consumer<CacheSettings.Step> named;

  /**
   * Makes a reader.
   *
   * @param cache the settings of the cache
   * @param plain takes steps that need no class
   * @param named takes steps that need classes
   */
  ArchiveReader(
      Section cache,
      Consumer<Consumer<KleptoConfigurationBuilder<Object, Object>>> plain,
      Consumer<CacheSettings.Step> named) {
    this.archive = cache.section("archive");
    this.writeBehind = cache.section("write-behind");
    this.plain = plain;
    this.named = named;
  }

  /** Reads everything, and returns the location as it stands there. */
  Optional<Value> read() {
    Optional<Value> location = archive.value("location");
    location.ifPresent(value -> set(locationIn(value), (b, v) -> b.archive(v)));
    archive.take("namespace", value -> set(value.name("a name"), (b, v) -> b.archiveNamespace(v)));
    archive.take("codec", value -> set(value.choice(codecs()), (b, v) -> b.codec(v)));
    archive.take(
        "durability",
        value ->
            set(value.choice(CacheReader.words(Durability.values())), (b, v) -> b.durability(v)));
    archive.take("allow", this::readAllowed);
    archive.take("drop-on-destroy", value -> set(value.flag(), (b, v) -> b.dropOnDestroy(v)));
    readSettings(archive.section("settings"));
    Optional<ArchiveMode> mode =
        archive.value("mode").map(value -> value.choice(CacheReader.words(ArchiveMode.values())));
    archive.requireNothingElse();
    readWriteBehind(mode.filter(ArchiveMode.WRITE_BEHIND::equals).isPresent());
    mode.ifPresent(found -> set(found, (b, v) -> b.archiveMode(v)));
    return location;
  }

  private static URI locationIn(Value value) {
    String expected = "a URI with a scheme, such as file:results.klepto or dir:results";
    String text = value.text(expected).strip();
    try {
      URI location = new URI(text);
      String scheme = location.getScheme();
      if (scheme == null || scheme.length() == 1) {
        throw value.refused(expected, scheme == null ? "none" : "the letter of a drive", "");
      }
      return location;
    } catch (URISyntaxException e) {
      throw value.refused(
          expected,
          text.isEmpty() ? "an empty text" : "one that breaks off at character " + e.getIndex(),
          "; write a space as %20 and \\ as /");
    }
  }

  private static Map<String, String> codecs() {
    Map<String, String> words = new TreeMap<>();
    Codecs.names().forEach(codec -> words.put(codec, codec));
    return words;
  }

  private void readAllowed(Value value) {
    String expected = "names of classes, or of packages as some.package.*";
    for (Value each : value.list(expected)) {
      set(each.name(expected), (b, v) -> b.allow(v));
    }
  }

  /** Their names are the back-end's, which refuses those that it does not know. */
  private void readSettings(Section settings) {
    settings
        .values()
        .forEach(
            (setting, value) -> {
              String text = value.text("a text, a number, or true or false");
              plain.accept(builder -> builder.archiveSetting(setting, text));
            });
  }

  private void readWriteBehind(boolean used) {
    WriteBehind unset = WriteBehind.builder().build();
    WriteBehindBuilder builder = WriteBehind.builder();
    writeBehind.take("max-queued", value -> builder.maxQueued(count(value, " of keys", 1)));
    writeBehind.take("batch-size", value -> builder.batchSize(count(value, " of writes", 1)));
    writeBehind.take("linger", value -> builder.linger(value.duration()));
    int retries =
        writeBehind.value("retries").map(value -> count(value, "", 0)).orElse(unset.retries());
    Duration first = duration("first-pause", unset.firstPause());
    Duration longest = duration("longest-pause", unset.longestPause());
    builder.retries(retries, first, longest);
    Optional<Value> listener = writeBehind.value("listener");
    listener.ifPresent(value -> value.name("the name of a class"));
    writeBehind.requireNothingElse();
    if (used) {
      WriteBehind settings = CacheReader.agreed(writeBehind, builder::build);
      plain.accept(b -> b.writeBehind(settings));
      listener.ifPresent(
          value ->
              named.accept((b, classes) -> b.writeBehind(listening(settings, classes, value))));
    }
  }

  private static WriteBehind listening(WriteBehind settings, NamedClasses classes, Value listener) {
    return WriteBehind.builder()
        .maxQueued(settings.maxQueued())
        .batchSize(settings.batchSize())
        .linger(settings.linger())
        .retries(settings.retries(), settings.firstPause(), settings.longestPause())
        .onFailure(classes.factory(listener, WriteFailureListener.class).create())
        .build();
  }

  private static int count(Value value, String unit, int min) {
    return (int) value.wholeNumber(unit, min, Integer.MAX_VALUE);
  }

  private Duration duration(String key, Duration unset) {
    return writeBehind.value(key).map(Value::duration).orElse(unset);
  }

  private <T> void set(T value, BiConsumer<KleptoConfigurationBuilder<Object, Object>, T> step) {
    plain.accept(builder -> step.accept(builder, value));
  }
}
