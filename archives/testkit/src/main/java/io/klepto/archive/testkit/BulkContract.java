package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of {@link ArchiveContract} for many keys at a time. */
interface BulkContract extends ArchiveFixture {
  @Test
  default void putAll_thenGetAll_returnsThoseThatAreThere() {
    try (Archive<Object, Object> archive = open()) {
      archive.putAll(Map.of("a", 1, "b", 2, "c", 3));
      assertEquals(Map.of("a", 1, "c", 3), archive.getAll(Set.of("a", "c", "absent")));
      assertEquals(3, archive.size());
      Map<Object, ArchiveEntry<Object, Object>> entries = archive.entries(Set.of("b", "absent"));
      assertEquals(Set.of("b"), entries.keySet());
      assertEquals(archive.entry("b"), entries.get("b"));
    }
  }

  @Test
  default void bulkCalls_ofNothing_doNothing() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", "v");
      archive.putAll(Map.of());
      assertEquals(Map.of(), archive.getAll(Set.of()));
      assertEquals(new ArchiveOutcome<>(Set.of(), Map.of()), archive.removeAll(Set.of()));
      assertEquals("v", archive.get("k"));
    }
  }

  @Test
  default void putAllEntries_keepsTheTimesOfEach() {
    try (Archive<Object, Object> archive = open()) {
      RecordTimes one = RecordTimes.eternal(1);
      RecordTimes two = RecordTimes.expiringAfter(2, Long.MAX_VALUE / 2);
      ArchiveOutcome<Object> outcome =
          archive.putAllEntries(
              Map.of("one", new TimedValue<>(1, one), "two", new TimedValue<>(2, two)));
      assertEquals(Set.of("one", "two"), outcome.done());
      assertEquals(Map.of(), outcome.failed());
      assertEquals(one, archive.entry("one").times());
      assertEquals(two, archive.entry("two").times());
    }
  }

  @Test
  default void removeAll_removesThoseThatAreThere() {
    try (Archive<Object, Object> archive = open()) {
      archive.putAll(Map.of("a", 1, "b", 2, "c", 3));
      ArchiveOutcome<Object> outcome = archive.removeAll(Set.of("a", "b", "absent"));
      assertEquals(Set.of("a", "b", "absent"), outcome.done());
      assertEquals(Set.of("c"), archive.keys());
    }
  }

  @Test
  default void putAll_withAValueThatCantBeEncoded_writesTheOthersAndNamesIt() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("bad", "old");
      Map<Object, Object> entries = new LinkedHashMap<>();
      entries.put("first", 1);
      entries.put("bad", new Unwritable());
      entries.put("last", 2);
      ArchiveException refused =
          assertThrows(ArchiveException.class, () -> archive.putAll(entries));
      assertTrue(refused.getMessage().contains("\"bad\""), refused.getMessage());
      assertEquals(Map.of("first", 1, "bad", "old", "last", 2), archive.getAll(entries.keySet()));
    }
  }

  @Test
  default void putAllEntries_withAValueThatCantBeEncoded_tellsDoneFromFailed() {
    try (Archive<Object, Object> archive = open()) {
      RecordTimes times = RecordTimes.eternal(1);
      ArchiveOutcome<Object> outcome =
          archive.putAllEntries(
              Map.of(
                  "good", new TimedValue<>(1, times),
                  "bad", new TimedValue<>(new Unwritable(), times)));
      assertEquals(Set.of("good"), outcome.done());
      assertEquals(Set.of("bad"), outcome.failed().keySet());
      assertThrows(ArchiveException.class, outcome::orThrow);
      assertFalse(archive.contains("bad"));
    }
  }

  @Test
  default void keysThatAreTheSame_shareOneEntryAndEachGetsItsAnswer() {
    try (Archive<Object, Object> archive = open()) {
      byte[] one = {1, 2};
      byte[] twin = one.clone();
      Map<Object, Object> entries = new LinkedHashMap<>();
      entries.put(one, "first");
      entries.put(twin, "last");
      archive.putAll(entries);
      assertEquals(1, archive.size());
      Set<Object> asked = Collections.newSetFromMap(new IdentityHashMap<>());
      asked.addAll(Arrays.asList(one, twin));
      Map<Object, Object> found = archive.getAll(asked);
      assertEquals("last", found.get(one));
      assertEquals("last", found.get(twin));
      assertEquals(asked, archive.removeAll(asked).done());
      assertNull(archive.get(one));
    }
  }

  @Test
  default void manyEntries_inOneCall_areAllWrittenAndRead() {
    try (Archive<Object, Object> archive = open()) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (int i = 0; i < 500; i++) {
        entries.put("key" + i, i);
      }
      archive.putAll(entries);
      assertEquals(entries, archive.getAll(entries.keySet()));
      assertEquals(500, archive.size());
    }
  }
}
