package io.klepto.jcache.expiry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The system's nanoseconds as they were a moment ago. To read them costs a tenth of what the clock
 * itself costs, which would be most of a hit.
 *
 * <p>A thread writes them down every {@value #TICK_MILLIS} ms. It begins when they have been asked
 * for {@value #ENOUGH} times, and ends when nobody has asked for a second: who is idle, or reads
 * little, has no such thread, and no class loader is kept by it for longer. Without it there is no
 * coarse time, and the clock must be read.
 *
 * <p>How old the time is depends on when the thread gets its turn: a tick, and on a starved machine
 * as much more as it has to wait. It is never ahead of the clock.
 *
 * <p>Any number of threads may ask. The fields are read and written without order among them: a
 * question that the ticker overlooks at most ends it early, and a time that is read late is an
 * older one.
 */
final class CoarseTime {
  /**
   * What is returned when there is no coarse time; as a time it is as good as any to be refused.
   */
  static final long NONE = Long.MIN_VALUE;

  static final int TICK_MILLIS = 5;

  private static final int ENOUGH = 1_000;
  private static final int SILENT_TICKS = 1_000 / TICK_MILLIS;
  private static final AtomicBoolean RUNNING = new AtomicBoolean();
  private static volatile long time = NONE;
  private static boolean asked;
  private static int askedInVain;

  private CoarseTime() {}

  /** Returns {@link System#nanoTime} of a moment ago, or {@link #NONE}. */
  static long nanos() {
    long found = time;
    if (found == NONE) {
      startIfWorthwhile();
    } else if (!asked) {
      asked = true;
    }
    return found;
  }

  private static void startIfWorthwhile() {
    if (++askedInVain >= ENOUGH && RUNNING.compareAndSet(false, true)) {
      askedInVain = 0;
      start();
    }
  }

  private static void start() {
    Thread ticker =
        new Thread(null, CoarseTime::tick, "klepto-clock", 0, /* inheritThreadLocals= */ false);
    ticker.setDaemon(true);
    ticker.setContextClassLoader(null);
    boolean started = false;
    try {
      ticker.start();
      started = true;
    } catch (OutOfMemoryError e) {
      // No more threads: a read of a cache is no place to complain of that, and the clock is there.
      System.getLogger(CoarseTime.class.getName())
          .log(System.Logger.Level.DEBUG, "the coarse clock has no thread", e);
    } finally {
      if (!started) {
        RUNNING.set(false);
      }
    }
  }

  private static void tick() {
    int silent = 0;
    while (silent < SILENT_TICKS) {
      time = System.nanoTime();
      asked = false;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
      Thread.interrupted(); // nobody has a reason to, and an interrupted thread would not park
      silent = asked ? 0 : silent + 1;
    }
    time = NONE;
    RUNNING.set(false);
  }
}
