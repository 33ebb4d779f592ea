package io.klepto.jcache.eviction;

/**
 * One key of each node of a chunk of {@link UseQueue}'s line, in the order in which they were
 * added.
 *
 * <p>As long as each is more than the last by the same number (the arrivals of nodes that come one
 * after the other, the first uses that LFU counts), that number is all that is kept. Keys that come
 * otherwise are kept as what they are more than the first, in half the room. Not thread-safe.
 */
final class KeyColumn {
  private static final long MAX_OFFSET = 0xFFFF_FFFFL;

  private final int length;
  private long first;
  private long step;
  private int[] offsetsOrNull;

  /**
   * Makes an empty column.
   *
   * @param length how many keys it has room for
   */
  KeyColumn(int length) {
    this.length = length;
  }

  /** Returns whether a key can be the next, with so many there. */
  boolean takes(int filled, long key) {
    long offset = key - first;
    return filled == 0 || (offset >= 0 && offset <= MAX_OFFSET);
  }

  /** Adds a key that the column {@linkplain #takes takes}, with so many there. */
  void add(int filled, long key) {
    if (filled == 0) {
      first = key;
      return;
    }
    if (filled == 1) {
      step = key - first;
    }
    if (offsetsOrNull == null && key != get(filled)) {
      offsetsOrNull = new int[length];
      for (int at = 1; at < filled; at++) {
        offsetsOrNull[at] = (int) (step * at);
      }
    }
    if (offsetsOrNull != null) {
      offsetsOrNull[filled] = (int) (key - first);
    }
  }

  /** Returns the key of a place. */
  long get(int at) {
    return offsetsOrNull == null
        ? first + step * at
        : first + Integer.toUnsignedLong(offsetsOrNull[at]);
  }
}
