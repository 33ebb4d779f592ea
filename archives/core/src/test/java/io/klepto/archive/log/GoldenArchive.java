package io.klepto.archive.log;

import io.klepto.archive.memory.DictStoreProvider;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The archive of which a copy is kept with the tests; run once to write it anew. */
final class GoldenArchive {
  private static final int MANY = 1_100;

  private GoldenArchive() {}

  /** Writes the archive to the path that is the only argument. */
  public static void main(String[] arguments) {
    try (LogStore store = Entries.open(Path.of(arguments[0]))) {
      write(store);
    }
  }

  /** Returns what is in it. */
  static Entries expected() {
    Entries entries = new Entries();
    StoreOptions options = new StoreOptions(Entries.NAMESPACE, Optional.empty(), Map.of());
    try (Store dict = new DictStoreProvider().open(URI.create("dict:golden"), options)) {
      fill(entries, dict);
    }
    return entries;
  }

  private static void write(Store store) {
    fill(new Entries(), store);
    KeyBytes touched = Entries.key("touched");
    StoreRecord record = store.get(touched);
    store.touch(touched, record.version(), new RecordTimes(5, 6, 7));
  }

  private static void fill(Entries entries, Store store) {
    entries.put(store, "cleared", "before the clear");
    entries.clear(store);
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < MANY; i++) {
      many.put("key " + i, "value " + i);
    }
    entries.putAll(store, many);
    entries.put(store, "key 7", "replaced");
    entries.remove(store, "key 8");
    entries.put(store, "touched", "with other times");
  }
}
