package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link ArchiveContract} for time. The clock begins in the year 2100, so that an
 * engine that expires by its own, real clock does not interfere.
 */
interface ExpiryContract extends ArchiveFixture {
  /** When the manual clocks of this part begin. */
  long START_MILLIS = 4_102_444_800_000L;

  private Archive<Object, Object> open(ManualClock clock) {
    ArchiveConfiguration<Object, Object> configuration = anything().clock(clock).build();
    return open(configuration);
  }

  private static RecordTimes livingMillis(long durationMillis) {
    return RecordTimes.expiringAfter(START_MILLIS, durationMillis);
  }

  @Test
  default void entry_isThereUntilItsDeadlineAndNotAtIt() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      archive.put("k", "v", livingMillis(100));
      clock.advanceMillis(99);
      assertEquals("v", archive.get("k"));
      assertEquals(livingMillis(100), archive.entry("k").times());
      clock.advanceMillis(1);
      assertNull(archive.get("k"));
    }
  }

  @Test
  default void expiredEntry_isAbsentInEveryMethod() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      long version = archive.put("k", "v", livingMillis(100));
      archive.put("live", "v");
      clock.advanceMillis(100);
      assertNull(archive.entry("k"));
      assertFalse(archive.contains("k"));
      assertEquals(Map.of("live", "v"), archive.getAll(Set.of("k", "live")));
      assertEquals(Set.of("live"), archive.entries(Set.of("k", "live")).keySet());
      assertEquals(Set.of("live"), archive.keys());
      assertEquals(1, archive.size());
      try (ArchiveCursor<Object, Object> cursor = archive.cursor()) {
        assertEquals("live", cursor.next().key());
        assertNull(cursor.next());
      }
      assertEquals(Map.of("live", "v"), archive.asMap());
      assertEquals(1, archive.asMap().size());
      assertFalse(archive.asMap().containsKey("k"));
      assertEquals(List.of("live"), List.copyOf(archive.asMap().keySet()));
      assertFalse(archive.touch("k", version, RecordTimes.eternal(1)));
      assertTrue(archive.compareAndSet("k", version, "new", RecordTimes.eternal(1)).isEmpty());
      assertFalse(archive.compareAndRemove("k", version));
      assertNull(archive.get("k"));
    }
  }

  @Test
  default void removeOfAnExpiredEntry_isFalse() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      archive.put("k", "v", livingMillis(100));
      clock.advanceMillis(100);
      assertFalse(archive.remove("k"));
      assertNull(archive.asMap().remove("k"));
    }
  }

  @Test
  default void compareAndSetOfAbsence_succeedsOverAnExpiredEntryWithAHigherVersion() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      long expired = archive.put("k", "old", livingMillis(100));
      assertTrue(archive.compareAndSet("k", Store.ABSENT, "new", livingMillis(200)).isEmpty());
      clock.advanceMillis(100);
      OptionalLong version = archive.compareAndSet("k", Store.ABSENT, "new", livingMillis(200));
      assertTrue(version.getAsLong() > expired);
      assertEquals(
          new ArchiveEntry<>("k", "new", version.getAsLong(), livingMillis(200)),
          archive.entry("k"));
    }
  }

  @Test
  default void put_overAnExpiredEntry_replacesIt() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      archive.put("k", "old", livingMillis(100));
      clock.advanceMillis(100);
      archive.put("k", "new");
      assertEquals("new", archive.get("k"));
      assertEquals(RecordTimes.eternal(START_MILLIS + 100), archive.entry("k").times());
    }
  }

  @Test
  default void touch_prolongsAndShortensALife() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      long version = archive.put("k", "v", livingMillis(100));
      assertTrue(archive.touch("k", version, livingMillis(300)));
      clock.advanceMillis(200);
      assertEquals("v", archive.get("k"));
      assertTrue(archive.touch("k", version, livingMillis(150)));
      assertNull(archive.get("k"));
    }
  }

  @Test
  default void reopenedArchive_stillKnowsTheDeadlines() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      archive.putAllEntries(
          Map.of(
              "short", new TimedValue<>(1, livingMillis(100)),
              "long", new TimedValue<>(2, livingMillis(200))));
    }
    clock.advanceMillis(150);
    try (Archive<Object, Object> archive = open(clock)) {
      assertEquals(Set.of("long"), archive.keys());
      assertEquals(livingMillis(200), archive.entry("long").times());
    }
  }

  @Test
  default void mapView_writesEntriesThatDoNotExpire() {
    ManualClock clock = new ManualClock(START_MILLIS);
    try (Archive<Object, Object> archive = open(clock)) {
      archive.put("k", 1, livingMillis(100));
      archive.asMap().merge("k", 1, (a, b) -> (int) a + (int) b);
      clock.advanceMillis(100);
      assertEquals(2, archive.get("k"));
    }
  }
}
