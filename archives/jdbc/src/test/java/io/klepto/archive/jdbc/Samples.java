package io.klepto.archive.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.EntryTypes;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreSettings;
import io.klepto.keymap.KeyBytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keys, contents and options that the tests have in common. */
final class Samples {
  static final RecordTimes TIMES = RecordTimes.expiringAfter(1_700_000_000_000L, 60_000);

  private Samples() {}

  static KeyBytes key(String text) {
    return KeyBytes.of(text.getBytes(UTF_8));
  }

  static RecordContent content(String text) {
    return new RecordContent(7, 3, TIMES, text.getBytes(UTF_8));
  }

  static StoreOptions options(String namespace) {
    return new StoreOptions(namespace, Optional.empty(), Map.of());
  }

  static StoreOptions options(Durability durability) {
    return new StoreOptions("orders", Optional.of(durability), Map.of());
  }

  static StoreOptions settings(String... namesAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return options("orders").with(StoreSettings.of(map));
  }

  static StoreOptions types(Class<?> key, Class<?> value) {
    return settings("serialized", "false").with(new EntryTypes(key, value));
  }
}
