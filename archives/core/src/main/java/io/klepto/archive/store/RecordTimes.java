package io.klepto.archive.store;

/**
 * When a record was created, how long it may live, and when it dies: wall clock, milliseconds since
 * 1970-01-01T00:00Z.
 *
 * @param createdMillis when the value was written
 * @param durationMillis the time to live that was granted last; {@link #NEVER} if unbounded
 * @param deadlineMillis the first moment at which the record is expired; {@link #NEVER} if it does
 *     not expire
 */
public record RecordTimes(long createdMillis, long durationMillis, long deadlineMillis) {
  /** A duration or a deadline without end. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Checks that a bounded duration goes with a bounded deadline, and that neither is negative. */
  public RecordTimes {
    if (durationMillis < 0 || deadlineMillis < 0) {
      throw new IllegalArgumentException(
          "record times: expected duration and deadline of at least 0 ms, found "
              + durationMillis
              + " ms and "
              + deadlineMillis
              + " ms");
    }
    if ((durationMillis == NEVER) != (deadlineMillis == NEVER)) {
      throw new IllegalArgumentException(
          "record times: expected duration and deadline both bounded or both unbounded, found "
              + durationMillis
              + " ms and "
              + deadlineMillis
              + " ms");
    }
  }

  /** Returns the times of a record that never expires. */
  public static RecordTimes eternal(long createdMillis) {
    return new RecordTimes(createdMillis, NEVER, NEVER);
  }

  /** Returns the times of a record that lives for a duration from its creation on. */
  public static RecordTimes expiringAfter(long createdMillis, long durationMillis) {
    return new RecordTimes(
        createdMillis, durationMillis, saturatedSum(createdMillis, durationMillis));
  }

  /** Returns whether the record is over at the given time. */
  public boolean isExpiredAt(long nowMillis) {
    return deadlineMillis != NEVER && nowMillis >= deadlineMillis;
  }

  /**
   * Returns what is left to live: never more than the duration that was granted, so that a clock
   * set back prolongs nothing; {@link #NEVER} if unbounded, 0 if expired.
   */
  public long remainingMillis(long nowMillis) {
    if (deadlineMillis == NEVER) {
      return NEVER;
    }
    return Math.max(0, Math.min(durationMillis, deadlineMillis - nowMillis));
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < 0 || b == NEVER ? NEVER : sum;
  }
}
