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

  /** Returns the milliseconds since 1970-01-01T00:00Z. */
  public abstract long wallMillis();

  private static final class SystemClock extends CacheClock {
    private final long origin = System.nanoTime();

    @Override
    public long nanos() {
      return System.nanoTime() - origin;
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
    public long wallMillis() {
      return source.millis();
    }
  }
}
