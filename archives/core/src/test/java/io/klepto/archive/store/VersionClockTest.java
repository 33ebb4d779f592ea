package io.klepto.archive.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VersionClockTest {
  private final AtomicLong wallMillis = new AtomicLong(1_000);
  private final VersionClock clock = new VersionClock(wallMillis::get);

  @Test
  void next_isTheTimeInMicroseconds() {
    assertEquals(1_000_000, clock.next(Store.ABSENT));
    wallMillis.set(2_000);
    assertEquals(2_000_000, clock.next(Store.ABSENT));
  }

  @Test
  void next_atOneMoment_grows() {
    assertEquals(1_000_000, clock.next(Store.ABSENT));
    assertEquals(1_000_001, clock.next(Store.ABSENT));
    assertEquals(1_000_002, clock.next(Store.ABSENT));
  }

  @Test
  void next_afterTheClockWasSetBack_growsAllTheSame() {
    long before = clock.next(Store.ABSENT);
    wallMillis.set(-5);
    assertTrue(clock.next(Store.ABSENT) > before);
    assertTrue(new VersionClock(wallMillis::get).next(Store.ABSENT) > Store.ABSENT);
  }

  @Test
  void next_overARecordFromTheFuture_isGreater_andLeavesOtherKeysAlone() {
    assertEquals(9_000_001, clock.next(9_000_000));
    assertTrue(clock.next(Store.ABSENT) < 9_000_000);
  }

  @Test
  void next_overTheGreatestVersion_isRefused() {
    assertThrows(ArchiveException.class, () -> clock.next(Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, clock.next(Long.MAX_VALUE - 1));
  }
}
