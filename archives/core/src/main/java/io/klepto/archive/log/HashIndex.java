package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;

/**
 * Finds the position of a key by its hash: one array of longs, three a slot (both halves of the
 * hash, position), open addressing with linear probing, no object an entry.
 *
 * <p>Hashes are spread by their first bits over the slots in order, so that a large table can grow
 * by half instead of doubling: 30 to 45 bytes of heap an entry. Removing moves the entries behind
 * into the gap; there are no graves.
 *
 * <p>Changed by one thread at a time. {@link #get} may run meanwhile: it ends and throws nothing,
 * and its caller throws the result away if there was a change ({@code StampedLock}).
 */
final class HashIndex {
  private static final int STRIDE = 3;
  private static final int FIRST_SLOTS = 16;
  private static final int SMALL_SLOTS = 1 << 16;
  private static final int MOST_SLOTS = (Integer.MAX_VALUE - 8) / STRIDE;

  private long[] table = new long[FIRST_SLOTS * STRIDE];
  private int size;

  /** Takes each entry of the table. */
  interface Visitor {
    void visit(KeyHash hash, long position);
  }

  int size() {
    return size;
  }

  /** Returns the position of a key, or 0. */
  long get(KeyHash hash) {
    long[] slots = table;
    int count = slots.length / STRIDE;
    int slot = homeOf(hash.high(), count);
    for (int probes = 0; probes < count; probes++) {
      int at = slot * STRIDE;
      long position = slots[at + 2];
      if (position == 0) {
        return 0;
      }
      if (slots[at] == hash.high() && slots[at + 1] == hash.low()) {
        return position;
      }
      slot = slot + 1 == count ? 0 : slot + 1;
    }
    return 0;
  }

  /** Sets the position of a key and returns the one before, or 0. */
  long put(KeyHash hash, long position) {
    if (size >= table.length / STRIDE / 5 * 4) {
      grow();
    }
    int at = slotOf(table, hash.high(), hash.low()) * STRIDE;
    long old = table[at + 2];
    table[at] = hash.high();
    table[at + 1] = hash.low();
    table[at + 2] = position;
    if (old == 0) {
      size++;
    }
    return old;
  }

  /** Removes a key and returns its position, or 0. */
  long remove(KeyHash hash) {
    long[] slots = table;
    int count = slots.length / STRIDE;
    int gap = slotOf(slots, hash.high(), hash.low());
    long old = slots[gap * STRIDE + 2];
    if (old == 0) {
      return 0;
    }
    size--;
    int slot = gap;
    while (true) {
      slot = slot + 1 == count ? 0 : slot + 1;
      int at = slot * STRIDE;
      if (slots[at + 2] == 0) {
        break;
      }
      int fromHome = distance(homeOf(slots[at], count), slot, count);
      if (fromHome >= distance(gap, slot, count)) {
        System.arraycopy(slots, at, slots, gap * STRIDE, STRIDE);
        gap = slot;
      }
    }
    slots[gap * STRIDE + 2] = 0;
    return old;
  }

  void clear() {
    table = new long[FIRST_SLOTS * STRIDE];
    size = 0;
  }

  void forEach(Visitor visitor) {
    long[] slots = table;
    for (int at = 0; at < slots.length; at += STRIDE) {
      if (slots[at + 2] != 0) {
        visitor.visit(new KeyHash(slots[at], slots[at + 1]), slots[at + 2]);
      }
    }
  }

  /** Makes room for a number of keys in one step, or for as many as there can be. */
  void reserve(long keys) {
    long slots = Math.min(MOST_SLOTS, keys / 3 * 4 + FIRST_SLOTS);
    if (slots > table.length / STRIDE) {
      resize((int) slots);
    }
  }

  /** Gives back the room that was reserved for keys that did not come. */
  void trim() {
    long enough = size / 3L * 4 + FIRST_SLOTS;
    if (enough < table.length / STRIDE / 2) {
      resize((int) enough);
    }
  }

  private void grow() {
    long slots = table.length / STRIDE;
    if (slots == MOST_SLOTS) {
      throw new ArchiveException(
          "index of a namespace: expected at most %d keys, found one more; use several archives"
              .formatted(size));
    }
    long more = slots < SMALL_SLOTS ? slots : slots / 2;
    resize((int) Math.min(MOST_SLOTS, slots + more));
  }

  private void resize(int slots) {
    long[] old = table;
    long[] resized = new long[slots * STRIDE];
    for (int at = 0; at < old.length; at += STRIDE) {
      if (old[at + 2] != 0) {
        System.arraycopy(old, at, resized, slotOf(resized, old[at], old[at + 1]) * STRIDE, STRIDE);
      }
    }
    table = resized;
  }

  /** Returns the slot of a key, or the free one where it belongs. */
  private static int slotOf(long[] slots, long high, long low) {
    int count = slots.length / STRIDE;
    int slot = homeOf(high, count);
    while (true) {
      int at = slot * STRIDE;
      if (slots[at + 2] == 0 || (slots[at] == high && slots[at + 1] == low)) {
        return slot;
      }
      slot = slot + 1 == count ? 0 : slot + 1;
    }
  }

  /** Returns the upper half of the unsigned product: the hash as a fraction of the slots. */
  private static int homeOf(long high, int count) {
    return (int) (Math.multiplyHigh(high, count) + ((high >> 63) & count));
  }

  private static int distance(int from, int to, int count) {
    return to >= from ? to - from : to - from + count;
  }
}
