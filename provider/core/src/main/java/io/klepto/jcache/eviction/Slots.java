package io.klepto.jcache.eviction;

/** How the tables of policies grow. */
final class Slots {
  /** The most entries that a policy can track: its tables hold half as many again. */
  static final int MAX_ENTRIES = 1 << 30;

  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private Slots() {}

  /** Returns the next length of a full table: half as much again. */
  static int grown(int length) {
    if (length >= MAX_LENGTH) {
      throw new IllegalStateException(
          "a table of an eviction policy is full: it holds "
              + length
              + " entries of which at most "
              + MAX_ENTRIES
              + " should be resident; let fewer entries be in use at once");
    }
    return (int) Math.min(MAX_LENGTH, length + (length >>> 1) + 16L);
  }
}
