package io.klepto.jcache.entry;

/**
 * The deadline that an archive knows of an entry, to a quarter of a second, and whether it is still
 * the same in memory: in four bytes, so that an entry pays no more for it.
 *
 * <p>The lowest bit says whether the deadline has moved since; the others are the deadline in units
 * of 2<sup>28</sup> ns, rounded down, which lasts for nine years of the cache's clock; what is
 * later is for ever.
 */
public final class CoarseDeadline {
  /** The greatest error, in nanoseconds. */
  public static final long STEP_NANOS = 1L << 28;

  private static final int LAST = Integer.MAX_VALUE >>> 1;

  private CoarseDeadline() {}

  /** Returns what is known of a deadline that is the same in the archive. */
  public static int of(long deadlineNanos) {
    return (int) Math.max(0, Math.min(LAST, deadlineNanos / STEP_NANOS)) << 1;
  }

  /** Returns the same deadline in the archive, another one in memory. */
  public static int moved(int coarse) {
    return coarse | 1;
  }

  /** Returns whether memory has another deadline. */
  public static boolean isMoved(int coarse) {
    return (coarse & 1) == 1;
  }

  /** Returns the deadline in the archive, rounded down. */
  public static long nanos(int coarse) {
    int units = coarse >>> 1;
    return units == LAST ? Long.MAX_VALUE : units * STEP_NANOS;
  }
}
