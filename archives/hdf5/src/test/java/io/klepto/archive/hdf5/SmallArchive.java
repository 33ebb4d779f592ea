package io.klepto.archive.hdf5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.archive.NativeContent;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.CanonicalEncoder;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A few records of each kind, for tests that break things. */
final class SmallArchive {
  static final String NAMESPACE = "orders";

  private SmallArchive() {}

  /** Returns a record of each form that a file knows, and one that expires. */
  static Map<KeyBytes, RecordContent> contents() {
    Map<KeyBytes, RecordContent> contents = new HashMap<>();
    RecordTimes eternal = RecordTimes.eternal(1_000);
    contents.put(key("cube"), NativeContent.of(new double[][] {{1, 2}, {3, 4}}, eternal));
    contents.put(key("text"), NativeContent.of("hä", RecordTimes.expiringAfter(5, 6)));
    contents.put(key("opaque"), bytes("any bytes"));
    contents.put(key("empty"), bytes(""));
    return contents;
  }

  static KeyBytes key(Object key) {
    return CanonicalEncoder.standard().encode(key);
  }

  static RecordContent bytes(String payload) {
    return new RecordContent(1, 1, RecordTimes.eternal(7), payload.getBytes(UTF_8));
  }

  /** Puts all of them and returns the records that are there then. */
  static Map<KeyBytes, StoreRecord> fill(Store store) {
    store.putAll(contents()).orThrow();
    return recordsIn(store);
  }

  /** Returns the keys that a walk meets. */
  static List<KeyBytes> keysIn(Store store) {
    return walk(store).stream().map(StoreRecord::key).toList();
  }

  private static List<StoreRecord> walk(Store store) {
    List<StoreRecord> all = new ArrayList<>();
    try (RecordCursor cursor = store.scan()) {
      for (StoreRecord next = cursor.next(); next != null; next = cursor.next()) {
        all.add(next);
      }
    }
    return all;
  }

  /** Returns all records, having checked that each way to them shows the same. */
  static Map<KeyBytes, StoreRecord> recordsIn(Store store) {
    List<StoreRecord> all = walk(store);
    Map<KeyBytes, StoreRecord> records = new HashMap<>();
    all.forEach(record -> records.put(record.key(), record));
    assertEquals(all.size(), records.size(), "a record was met twice");
    assertEquals(all.size(), store.size());
    records.forEach((key, record) -> assertEquals(record, store.get(key)));
    return records;
  }
}
