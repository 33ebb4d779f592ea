package io.klepto.archive.store;

import io.klepto.archive.ArchiveException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The source of the versions that a store gives to its records.
 *
 * <p>A version is greater than that of the record it replaces, than any that this clock gave
 * before, and not less than the microseconds since 1970-01-01T00:00Z. So a record that is removed
 * and written again gets another version than it had, also after a restart or from another process,
 * unless the wall clock was set back in between by more than passed.
 *
 * <p>Safe for use by many threads, without locks.
 */
public final class VersionClock {
  private static final long MICROS_PER_MILLI = 1_000;

  private final LongSupplier wallMillis;
  private final AtomicLong last = new AtomicLong(Store.ABSENT);

  /** Creates a clock over the wall clock of the system. */
  public VersionClock() {
    this(System::currentTimeMillis);
  }

  VersionClock(LongSupplier wallMillis) {
    this.wallMillis = wallMillis;
  }

  /**
   * Returns a version for a record that replaces one of the given version.
   *
   * @param replaced the version that is replaced, {@link Store#ABSENT} for none
   * @throws ArchiveException if no greater version is left
   */
  public long next(long replaced) {
    if (replaced == Long.MAX_VALUE) {
      throw new ArchiveException(
          "cannot give a version: expected a replaced version below %d, found %d; remove the record first"
              .formatted(Long.MAX_VALUE, replaced));
    }
    long now = Math.max(Store.ABSENT, wallMillis.getAsLong()) * MICROS_PER_MILLI;
    long tick = last.updateAndGet(previous -> Math.max(previous + 1, now));
    return Math.max(replaced + 1, tick);
  }
}
