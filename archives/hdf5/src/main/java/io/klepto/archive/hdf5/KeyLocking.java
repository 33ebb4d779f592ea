package io.klepto.archive.hdf5;

import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The locks of several keys at once, taken in the order of their offsets by everybody, so that
 * nobody waits in a circle. Safe for use by many threads.
 */
final class KeyLocking {
  /** Enough to save steps of the journal, few enough for others to get their turn. */
  private static final int BATCH = 64;

  private final HdfLayout layout;
  private final KeyFileLocks locks;

  KeyLocking(HdfLayout layout, KeyFileLocks locks) {
    this.layout = layout;
    this.locks = locks;
  }

  /** Returns different keys in batches that can be locked at once. */
  static List<List<KeyBytes>> batchesOf(Collection<KeyBytes> keys) {
    List<KeyBytes> all = new ArrayList<>(new LinkedHashSet<>(keys));
    List<List<KeyBytes>> batches = new ArrayList<>();
    for (int start = 0; start < all.size(); start += BATCH) {
      batches.add(all.subList(start, Math.min(all.size(), start + BATCH)));
    }
    return batches;
  }

  /** Does something while holding the locks of some keys. The thread holds no other key's. */
  <T> T whileHolding(Collection<KeyBytes> keys, Supplier<T> action) {
    TreeMap<Long, KeyBytes> offsets = new TreeMap<>();
    keys.forEach(key -> offsets.put(layout.keyLock(key), key));
    return holding(List.copyOf(offsets.keySet()), action);
  }

  private <T> T holding(List<Long> offsets, Supplier<T> action) {
    if (offsets.isEmpty()) {
      return action.get();
    }
    return locks.whileHolding(
        offsets.get(0), () -> holding(offsets.subList(1, offsets.size()), action));
  }
}
