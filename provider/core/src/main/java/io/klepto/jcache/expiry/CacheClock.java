package io.klepto.jcache.expiry;

import java.time.InstantSource;

/**
 * The time as a cache sees it: nanoseconds since the cache began, for deadlines in memory, and the
 * wall clock in milliseconds, for deadlines that outlive the process.
 *
 * <p>The system's nanoseconds are monotonic: setting the wall clock neither revives nor kills what
 * is in memory. A clock of the caller's gives both. Safe for use by many threads.
 */
public abstract sealed class CacheClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private CacheClock() {}

  /** Returns a clock that starts now, on the system's time. */
  public static CacheClock system() {
    return new SystemClock();
  }

  /** Returns a clock that starts now, on the given source's time. */
  public static CacheClock of(InstantSource source) {
    return new SourceClock(source);
  }

  /** Returns the nanoseconds since this clock began, never negative. */
  public abstract long nanos();

  /**
   * Returns whether a moment has come. Cheaper than {@link #nanos}, and as exact unless starved.
   */
  public abstract boolean isOver(long deadlineNanos);

  /**
   * Returns the moment from which a duration is to be counted that begins with a read: now, or if
   * it is a long one, up to some milliseconds ago. Cheaper than {@link #nanos}.
   */
  public abstract long nanosOfRead(long durationNanos);

  /** Returns the milliseconds since 1970-01-01T00:00Z. */
  public abstract long wallMillis();

  private static final class SystemClock extends CacheClock {
    /** Nearer to a deadline than this, the clock itself is read: four ticks of the coarse time. */
    private static final long MARGIN_NANOS = 4L * CoarseTime.TICK_MILLIS * NANOS_PER_MILLI;

    /** From here on a duration may be counted from a tick ago. */
    private static final long LONG_NANOS = 1_000 * NANOS_PER_MILLI;

    private final long origin = System.nanoTime();

    @Override
    public long nanos() {
      return System.nanoTime() - origin;
    }

    /**
     * Asks the coarse time first, and the clock only near the deadline, or without coarse time. If
     * the coarse time's thread is kept from running for longer than the margin, an entry lives as
     * much longer.
     */
    @Override
    public boolean isOver(long deadlineNanos) {
      long coarse = CoarseTime.nanos();
      boolean isFar = coarse != CoarseTime.NONE && deadlineNanos - (coarse - origin) > MARGIN_NANOS;
      return !isFar && nanos() >= deadlineNanos;
    }

    @Override
    public long nanosOfRead(long durationNanos) {
      if (durationNanos < LONG_NANOS) {
        return nanos();
      }
      long coarse = CoarseTime.nanos();
      return coarse == CoarseTime.NONE ? nanos() : Math.max(0, coarse - origin);
    }

    @Override
    public long wallMillis() {
      return System.currentTimeMillis();
    }
  }

  private static final class SourceClock extends CacheClock {
    private final InstantSource source;
    private final long originMillis;

    SourceClock(InstantSource source) {
      this.source = source;
      this.originMillis = source.millis();
    }

    @Override
    public long nanos() {
      return Math.max(0, source.millis() - originMillis) * NANOS_PER_MILLI;
    }

    @Override
    public boolean isOver(long deadlineNanos) {
      return nanos() >= deadlineNanos;
    }

    @Override
    public long nanosOfRead(long durationNanos) {
      return nanos();
    }

    @Override
    public long wallMillis() {
      return source.millis();
    }
  }
}
