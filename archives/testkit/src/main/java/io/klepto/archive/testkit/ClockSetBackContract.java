package io.klepto.archive.testkit;

import static io.klepto.archive.testkit.ExpiryContract.START_MILLIS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link ArchiveContract} for a wall clock that is set back, and for what was over: the
 * archive's high-water mark of the clock. Times begin as in {@link ExpiryContract}.
 */
interface ClockSetBackContract extends ArchiveFixture {
  /** How far the mark of a killed process may be behind. */
  long STEP_MILLIS = 10_000;

  private Archive<Object, Object> openAt(ManualClock clock) {
    ArchiveConfiguration<Object, Object> configuration = anything().clock(clock).build();
    return open(configuration);
  }

  private static RecordTimes livingMillis(long nowMillis, long durationMillis) {
    return RecordTimes.expiringAfter(nowMillis, durationMillis);
  }

  private static long hours(int hours) {
    return Duration.ofHours(hours).toMillis();
  }

  @Test
  default void clockSetBack_revivesNothing() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.put("over", 1, livingMillis(START_MILLIS, hours(1)));
      clock.advanceMillis(hours(2));
      assertNull(archive.get("over"));
      clock.advanceMillis(-hours(2));
      assertNull(archive.get("over"));
      assertFalse(archive.contains("over"));
      assertEquals(0, archive.size());
      assertEquals(Map.of(), archive.getAll(Set.of("over")));
      try (ArchiveCursor<Object, Object> cursor = archive.cursor()) {
        assertNull(cursor.next());
      }
    }
  }

  @Test
  default void clockSetBackAfterAWrite_revivesNothingInAReopenedArchive() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.put("over", 1, livingMillis(START_MILLIS, hours(1)));
      clock.advanceMillis(hours(2));
      archive.put("later", 2, livingMillis(clock.millis(), hours(3)));
    }
    clock.advanceMillis(-hours(2));
    try (Archive<Object, Object> archive = openAt(clock)) {
      assertEquals(Set.of("later"), archive.keys());
      assertNull(archive.entry("over"));
      assertEquals(START_MILLIS + hours(2), archive.nowMillis());
    }
  }

  @Test
  default void clockSetBackAfterAnEnd_prolongsNothing() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.put("k", 1, livingMillis(START_MILLIS, hours(3)));
      clock.advanceMillis(hours(2));
      assertNotNull(archive.get("k"));
    }
    clock.advanceMillis(-hours(2));
    try (Archive<Object, Object> archive = openAt(clock)) {
      RecordTimes times = archive.entry("k").times();
      assertEquals(hours(1), times.remainingMillis(archive.nowMillis()));
    }
  }

  @Test
  default void otherUser_isToldWithinAStep() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> writer = openAt(clock);
        Archive<Object, Object> reader = openAt(clock)) {
      writer.put("k", 1, livingMillis(START_MILLIS, hours(1)));
      assertEquals(1, reader.get("k"));
      clock.advanceMillis(hours(1));
      writer.put("later", 2, livingMillis(clock.millis(), hours(1)));
      clock.advanceMillis(-hours(1) + STEP_MILLIS);
      assertNull(reader.get("k"));
    }
  }

  @Test
  default void clockThatRuns_isJudgedByItself() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      for (int i = 0; i < 5; i++) {
        clock.advanceMillis(STEP_MILLIS - 1);
        archive.put(i, i, livingMillis(clock.millis(), 50));
        assertEquals(clock.millis(), archive.nowMillis());
        clock.advanceMillis(49);
        assertEquals(i, archive.get(i));
        clock.advanceMillis(1);
        assertNull(archive.get(i));
      }
    }
  }

  @Test
  default void markOfTheClock_isNobodysEntry() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.putAllEntries(
          Map.of("a", new TimedValue<>(1, livingMillis(START_MILLIS, hours(1))), "b", forever()));
      assertEquals(Set.of("a", "b"), archive.keys());
      assertEquals(2, archive.size());
      assertEquals(Map.of("a", 1, "b", 2), archive.asMap());
      assertEquals(2, archive.verify(false).records());
      archive.clear();
      assertEquals(0, archive.size());
      assertEquals(0, archive.store().size());
    }
  }

  private static TimedValue<Object> forever() {
    return new TimedValue<>(2, RecordTimes.eternal(START_MILLIS));
  }

  @Test
  default void archiveOfEternalEntries_hasNoMark() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.put("k", 1);
      clock.advanceMillis(hours(1));
      archive.putAll(Map.of("l", 2));
      assertEquals(1, archive.get("k"));
    }
    try (Archive<Object, Object> archive = openAt(clock)) {
      assertEquals(2, archive.store().size());
    }
  }

  @Test
  default void clockAheadForAWhile_expiresEarlyUntilRepair() {
    ManualClock clock = new ManualClock(START_MILLIS + hours(24));
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.put("future", 1, livingMillis(clock.millis(), hours(1)));
    }
    clock.advanceMillis(-hours(24));
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.put("k", 2, livingMillis(clock.millis(), hours(1)));
      assertNull(archive.get("k"));
      assertTrue(archive.verify(true).isSound());
      assertEquals(clock.millis(), archive.nowMillis());
      assertEquals(2, archive.get("k"));
    }
    try (Archive<Object, Object> archive = openAt(clock)) {
      assertEquals(2, archive.get("k"));
      assertEquals(clock.millis(), archive.nowMillis());
    }
  }

  @Test
  default void closeAfterDrop_doesNothing() {
    ManualClock clock = new ManualClock(START_MILLIS);
    Archive<Object, Object> archive = openAt(clock);
    archive.put("k", 1, livingMillis(START_MILLIS, hours(1)));
    clock.advanceMillis(1);
    archive.drop();
    archive.close();
    try (Archive<Object, Object> again = openAt(clock)) {
      assertEquals(0, again.store().size());
    }
  }

  @Test
  default void sweep_removesWhatIsOverAndNothingElse() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      archive.put("over", 1, livingMillis(START_MILLIS, 100));
      archive.put("prolonged", 2, livingMillis(START_MILLIS, 100));
      archive.put("forever", 3);
      long version = archive.entry("prolonged").version();
      assertTrue(archive.touch("prolonged", version, livingMillis(START_MILLIS, 300)));
      clock.advanceMillis(200);
      assertEquals(1, archive.sweep());
      assertEquals(0, archive.sweep());
      assertEquals(Set.of("prolonged", "forever"), archive.keys());
      assertNull(archive.store().get(archive.keyBytes("over")));
      assertEquals(2, archive.get("prolonged"));
    }
  }

  @Test
  default void writeOfEntries_tellsTheirVersions() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = openAt(clock)) {
      Map<Object, Long> versions =
          archive
              .putAllEntries(
                  Map.of("a", new TimedValue<>(1, livingMillis(START_MILLIS, 100)), "b", forever()))
              .versions();
      assertEquals(Set.of("a", "b"), versions.keySet());
      assertEquals(archive.entry("a").version(), versions.get("a"));
      assertEquals(archive.entry("b").version(), versions.get("b"));
    }
  }
}
