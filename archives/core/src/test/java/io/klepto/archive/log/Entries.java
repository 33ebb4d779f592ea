package io.klepto.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.StoreSettings;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an archive must hold: a model beside it, by key, and shorthand for the tests here. */
final class Entries {
  static final String NAMESPACE = "orders";

  /** The text that a key was given last, or empty if it was removed. */
  private final Map<String, Optional<String>> expected = new TreeMap<>();

  static KeyBytes key(String text) {
    return KeyBytes.of(text.getBytes(UTF_8));
  }

  static RecordContent content(String text) {
    return new RecordContent(7, 3, RecordTimes.eternal(1), text.getBytes(UTF_8));
  }

  static LogStore open(Path file) {
    return open(file, Optional.empty(), Map.of());
  }

  static LogStore open(Path file, Optional<Durability> durability, Map<String, String> settings) {
    StoreOptions options = new StoreOptions(NAMESPACE, durability, Map.of());
    return LogStoreProvider.open(file, options.with(StoreSettings.of(settings)));
  }

  static void copyFolder(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  void put(Store store, String key, String text) {
    store.put(key(key), content(text));
    expected.put(key, Optional.of(text));
  }

  void remove(Store store, String key) {
    store.remove(key(key));
    expected.put(key, Optional.empty());
  }

  void clear(Store store) {
    store.clear();
    expected.replaceAll((key, text) -> Optional.empty());
  }

  void putAll(Store store, Map<String, String> texts) {
    Map<KeyBytes, RecordContent> contents = new TreeMap<>();
    texts.forEach((key, text) -> contents.put(key(key), content(text)));
    store.putAll(contents).orThrow();
    texts.forEach((key, text) -> expected.put(key, Optional.of(text)));
  }

  /** Expects a value that was put in another way. */
  void expect(String key, String text) {
    expected.put(key, Optional.of(text));
  }

  /** Expects nothing of a key any more. */
  void forget(String key) {
    expected.remove(key);
  }

  /** Returns the number of keys that have a value. */
  long live() {
    return expected.values().stream().filter(Optional::isPresent).count();
  }

  /** Requires every key to be as it must. */
  void assertIn(Store store, String told) {
    assertEquals(0, damagedIn(store, told), told);
    assertEquals(live(), store.size(), told);
  }

  /** Requires every key to be as it must or to be refused as damaged; returns how many were. */
  int damagedIn(Store store, String told) {
    int damaged = 0;
    for (Map.Entry<String, Optional<String>> entry : expected.entrySet()) {
      try {
        StoreRecord found = store.get(key(entry.getKey()));
        if (entry.getValue().isEmpty()) {
          assertNull(found, () -> told + ": removed " + entry.getKey());
        } else {
          RecordContent content = found == null ? null : found.content();
          assertEquals(
              content(entry.getValue().orElseThrow()).withTimes(timesOf(content)),
              content,
              () -> told + ": " + entry.getKey());
        }
      } catch (DamagedRecordException e) {
        damaged++;
      }
    }
    return damaged;
  }

  private static RecordTimes timesOf(RecordContent content) {
    return content == null ? RecordTimes.eternal(1) : content.times();
  }
}
