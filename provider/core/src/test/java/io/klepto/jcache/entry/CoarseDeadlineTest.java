package io.klepto.jcache.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CoarseDeadlineTest {
  private static final long NINE_YEARS = TimeUnit.DAYS.toNanos(9 * 365);

  @Test
  void nanos_ofAnyTimeInNineYears_isNeverLaterAndAtMostAStepEarlier() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long deadline = random.nextLong(NINE_YEARS);
      long early = deadline - CoarseDeadline.nanos(CoarseDeadline.of(deadline));
      assertTrue(
          early >= 0 && early < CoarseDeadline.STEP_NANOS,
          () -> deadline + " is " + early + " ns early, seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
  void nanos_ofATimeThatIsOver_isTheBeginning(long deadline) {
    assertEquals(0, CoarseDeadline.nanos(CoarseDeadline.of(deadline)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 59, Long.MAX_VALUE})
  void nanos_ofATimeBeyondItsRange_isForEver(long deadline) {
    assertEquals(Long.MAX_VALUE, CoarseDeadline.nanos(CoarseDeadline.of(deadline)));
  }

  @Test
  void moved_keepsTheDeadlineOfTheArchive() {
    int coarse = CoarseDeadline.of(TimeUnit.DAYS.toNanos(3));
    int moved = CoarseDeadline.moved(coarse);
    assertFalse(CoarseDeadline.isMoved(coarse));
    assertTrue(CoarseDeadline.isMoved(moved));
    assertTrue(CoarseDeadline.isMoved(CoarseDeadline.moved(moved)));
    assertEquals(CoarseDeadline.nanos(coarse), CoarseDeadline.nanos(moved));
  }
}
