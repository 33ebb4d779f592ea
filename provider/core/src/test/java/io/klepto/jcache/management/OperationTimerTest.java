package io.klepto.jcache.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OperationTimerTest {
  private final AtomicLong clock = new AtomicLong(1_000);
  private final OperationTimer timer = new OperationTimer(clock::get);

  @Test
  void meanMicros_nothingTimed_isZero() {
    assertEquals(0f, timer.meanMicros());
  }

  @Test
  void firstOperations_areAllTimed() {
    for (int i = 0; i < OperationTimer.TIMED_AT_FIRST; i++) {
      assertNotEquals(OperationTimer.UNTIMED, timer.start(), "operation " + i);
    }
  }

  /** Of a million operations 15,625 are expected; one run in 10^80 is further off than 20 %. */
  @Test
  void laterOperations_aboutOneInSixtyFourIsTimed() {
    warmUp();
    int timed = 0;
    for (int i = 0; i < 1_000_000; i++) {
      timed += timer.start() == OperationTimer.UNTIMED ? 0 : 1;
    }
    assertEquals(1_000_000.0 / OperationTimer.PERIOD, timed, 3_125);
  }

  @Test
  void oneOperation_isItsOwnMean() {
    operation(2_500);
    assertEquals(2.5f, timer.meanMicros());
  }

  @Test
  void clockAtAnOddTime_orAtZero_orNegative_countsTheSameDuration() {
    for (long time : new long[] {7, 0, 1, -1, -4, Long.MAX_VALUE - 10}) {
      timer.clear();
      clock.set(time);
      long ticket = timer.start();
      clock.addAndGet(4_000);
      timer.stop(ticket, 1);
      assertEquals(4f, timer.meanMicros(), 0.001f, "clock at " + time);
    }
  }

  /** The slow start is 64 operations of a million: it must not weigh like 64 of 15,700. */
  @Test
  void slowStart_doesNotDominateTheMean() {
    for (int i = 0; i < OperationTimer.TIMED_AT_FIRST; i++) {
      operation(1_000_000);
    }
    for (int i = 0; i < 1_000_000; i++) {
      operation(1_000);
    }
    float exact = (64 * 1_000f + 1_000_000 * 1f) / 1_000_064;
    assertEquals(exact, timer.meanMicros(), 0.02f);
  }

  /** Sampling each 64th operation would see only one of two kinds that alternate. */
  @Test
  void alternatingDurations_bothCount() {
    warmUp();
    timer.clear();
    for (int i = 0; i < 1_000_000; i++) {
      operation(i % 2 == 0 ? 1_000 : 3_000);
    }
    assertEquals(2f, timer.meanMicros(), 0.1f);
  }

  @Test
  void bulk_sharesTheTime() {
    long ticket = timer.start();
    clock.addAndGet(10_000);
    timer.stop(ticket, 4);
    assertEquals(2.5f, timer.meanMicros());
  }

  @Test
  void bulkOfNothing_countsNothing() {
    long ticket = timer.start();
    clock.addAndGet(10_000);
    timer.stop(ticket, 0);
    assertEquals(0f, timer.meanMicros());
  }

  @Test
  void clear_forgetsAndTimesTheFirstOperationsAgain() {
    warmUp();
    operation(1_000);
    timer.clear();
    assertEquals(0f, timer.meanMicros());
    assertNotEquals(OperationTimer.UNTIMED, timer.start());
  }

  private void warmUp() {
    for (int i = 0; i < OperationTimer.TIMED_AT_FIRST; i++) {
      timer.start();
    }
  }

  private void operation(long nanos) {
    long ticket = timer.start();
    clock.addAndGet(nanos);
    timer.stop(ticket, 1);
  }
}
