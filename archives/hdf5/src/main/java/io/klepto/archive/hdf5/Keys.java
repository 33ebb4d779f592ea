package io.klepto.archive.hdf5;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.List;

/** The keys that a walk meets. */
final class Keys {
  private Keys() {}

  /**
   * Walks to the end, closes the cursor, and returns the keys of the records that are whole.
   *
   * @param damages takes what is wrong with the others
   */
  static List<KeyBytes> of(RecordCursor walk, List<DamagedRecordException> damages) {
    List<KeyBytes> keys = new ArrayList<>();
    try (RecordCursor cursor = walk) {
      boolean more = true;
      while (more) {
        try {
          StoreRecord next = cursor.next();
          more = next != null;
          if (more) {
            keys.add(next.key());
          }
        } catch (DamagedRecordException e) {
          damages.add(e);
        }
      }
    }
    return keys;
  }
}
