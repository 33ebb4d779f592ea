package io.klepto.archive.testkit;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;

/** A number in a store, counted up by compare-and-set until it succeeds. */
final class StoreCounter {
  private StoreCounter() {}

  static long valueOf(Store store, KeyBytes key) {
    return valueOf(store.get(key));
  }

  static void increment(Store store, KeyBytes key) {
    while (true) {
      StoreRecord old = store.get(key);
      long expected = old == null ? Store.ABSENT : old.version();
      byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(valueOf(old) + 1).array();
      RecordContent content = new RecordContent(0, 0, RecordTimes.eternal(0), payload);
      if (store.compareAndSet(key, expected, content).isPresent()) {
        return;
      }
    }
  }

  private static long valueOf(StoreRecord record) {
    return record == null ? 0 : ByteBuffer.wrap(record.content().payload()).getLong();
  }
}
