package io.klepto.jcache.management;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The mean duration of one kind of operation, from a sample.
 *
 * <p>The first {@value #TIMED_AT_FIRST} operations are all timed, so that a mean exists at once;
 * after that each is timed with probability 1 in {@value #PERIOD}. A timed operation weighs as many
 * as it stands for, 1 at first and {@value #PERIOD} later: an operation's chance to be timed and
 * its weight cancel out, so the mean leans neither to the slow operations of a cold start nor to a
 * pattern of calls (a sample of every 64th call would, if a program calls in turns). Which
 * operation is timed is drawn from the thread's own random generator: no state is shared.
 *
 * <p>Thread-safe. {@code timedAtFirst} is counted down without synchronization, so that a few more
 * than the first operations may be timed; it is constant afterwards. A reader that races with an
 * operation or with {@link #clear} may see a part of it.
 */
final class OperationTimer {
  static final int TIMED_AT_FIRST = 64;
  static final int PERIOD = 64;

  /** The system's clock; no lambda, as a first one costs a process milliseconds. */
  @SuppressWarnings("Convert2Lambda")
  static final LongSupplier SYSTEM_NANOS =
      new LongSupplier() {
        @Override
        public long getAsLong() {
          return System.nanoTime();
        }
      };

  /** What {@link #start} returns for an operation that is not timed. */
  static final long UNTIMED = 0;

  /** The lowest bit of a ticket: set if it stands for itself alone. */
  private static final long ALONE = 1;

  private final LongSupplier nanoClock;
  private final LongAdder nanos = new LongAdder();
  private final LongAdder operations = new LongAdder();
  private int timedAtFirst = TIMED_AT_FIRST;

  OperationTimer(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * Begins an operation.
   *
   * @return a ticket for {@link #stop}: the time on the clock, but for its lowest bit, or {@link
   *     #UNTIMED}
   */
  long start() {
    int left = timedAtFirst;
    if (left > 0) {
      timedAtFirst = left - 1;
      return nanoClock.getAsLong() | ALONE;
    }
    return ThreadLocalRandom.current().nextInt(PERIOD) == 0
        ? nanoClock.getAsLong() & ~ALONE
        : UNTIMED;
  }

  /** Ends a call that stands for {@code count} operations; its ticket may be another timer's. */
  void stop(long ticket, long count) {
    if (ticket != UNTIMED && count > 0) {
      long weight = (ticket & ALONE) == ALONE ? 1 : PERIOD;
      nanos.add(weight * (nanoClock.getAsLong() - (ticket & ~ALONE)));
      operations.add(weight * count);
    }
  }

  /** Returns the mean duration in microseconds; 0 if nothing was timed. */
  float meanMicros() {
    long count = operations.sum();
    return count == 0 ? 0 : (float) (nanos.sum() / 1000.0 / count);
  }

  void clear() {
    nanos.reset();
    operations.reset();
    timedAtFirst = TIMED_AT_FIRST;
  }
}
