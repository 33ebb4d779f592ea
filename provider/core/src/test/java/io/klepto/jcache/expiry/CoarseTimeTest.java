package io.klepto.jcache.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class CoarseTimeTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "not so after a minute");
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean hasThread() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("klepto-clock"));
  }

  /** Asks until there is coarse time. */
  private static void begin() {
    await(
        () -> {
          for (int i = 0; i < 1_000; i++) {
            if (CoarseTime.nanos() != CoarseTime.NONE) {
              return true;
            }
          }
          return false;
        });
  }

  @Test
  void nanos_askedForOften_movesOnAndIsNeverAhead() {
    begin();
    long first = CoarseTime.nanos();
    await(
        () -> {
          long coarse = CoarseTime.nanos();
          assertTrue(coarse == CoarseTime.NONE || coarse - System.nanoTime() <= 0, "ahead");
          return coarse != CoarseTime.NONE && coarse - first > TimeUnit.MILLISECONDS.toNanos(50);
        });
  }

  @Test
  void thread_notAskedForLong_endsAndBeginsAgain() {
    begin();
    assertTrue(hasThread());
    await(() -> !hasThread());
    assertEquals(CoarseTime.NONE, CoarseTime.nanos());
    begin();
  }

  @Test
  void isOver_nearDeadline_readsTheClock() {
    CacheClock clock = CacheClock.system();
    begin();
    long now = clock.nanos();
    assertTrue(clock.isOver(now));
    assertFalse(clock.isOver(now + TimeUnit.HOURS.toNanos(1)));
    assertFalse(clock.isOver(Long.MAX_VALUE - 1));
    long soon = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(3);
    await(() -> clock.nanos() >= soon);
    assertTrue(clock.isOver(soon), "within the margin nothing lives on");
  }

  @Test
  void nanosOfRead_isNeverAhead_andExactForShortDurations() {
    CacheClock clock = CacheClock.system();
    begin();
    long before = clock.nanos();
    long counted = clock.nanosOfRead(TimeUnit.MILLISECONDS.toNanos(10));
    assertTrue(counted >= before && counted <= clock.nanos());
    long coarse = clock.nanosOfRead(TimeUnit.MINUTES.toNanos(1));
    assertTrue(coarse >= 0 && coarse <= clock.nanos());
  }
}
