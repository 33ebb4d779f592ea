package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of {@link ArchiveContract} for one key at a time, listing, reopening and types. */
interface DictionaryContract extends ArchiveFixture {
  @Test
  default void newArchive_isEmpty() {
    try (Archive<Object, Object> archive = open()) {
      assertEquals(0, archive.size());
      assertEquals(Set.of(), archive.keys());
      assertNull(archive.get("absent"));
      assertNull(archive.entry("absent"));
      assertFalse(archive.contains("absent"));
      assertFalse(archive.remove("absent"));
    }
  }

  @Test
  default void put_thenGet_returnsTheValue() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", List.of(1, 2, 3));
      assertEquals(List.of(1, 2, 3), archive.get("k"));
      assertTrue(archive.contains("k"));
      assertEquals(1, archive.size());
      assertEquals(Set.of("k"), archive.keys());
    }
  }

  @Test
  default void put_overAnEntry_replacesItAndRaisesItsVersion() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", "old");
      long oldVersion = archive.entry("k").version();
      archive.put("k", "new");
      assertEquals("new", archive.get("k"));
      assertTrue(archive.entry("k").version() > oldVersion);
      assertEquals(1, archive.size());
    }
  }

  @Test
  default void put_returnsTheVersionThatEntryShows() {
    try (Archive<Object, Object> archive = open()) {
      RecordTimes times = RecordTimes.eternal(1_234);
      long version = archive.put("k", "v", times);
      assertEquals(new ArchiveEntry<>("k", "v", version, times), archive.entry("k"));
    }
  }

  @Test
  default void put_ofAKeyOrValueThatIsChangedAfterwards_keepsWhatWasPut() {
    try (Archive<Object, Object> archive = open()) {
      List<Object> key = new ArrayList<>(List.of("key"));
      List<Object> value = new ArrayList<>(List.of("value"));
      archive.put(key, value);
      key.add("changed");
      value.add("changed");
      assertEquals(List.of("value"), archive.get(List.of("key")));
      assertNull(archive.get(key));
      assertEquals(Set.of(List.of("key")), archive.keys());
    }
  }

  @Test
  default void get_twice_returnsIndependentCopies() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", new ArrayList<>(List.of(1)));
      assertTrue(archive.get("k") instanceof List<?> first && first.remove((Object) 1));
      assertEquals(List.of(1), archive.get("k"));
    }
  }

  @Test
  default void remove_ofAnEntry_isTrueOnce() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", "v");
      assertTrue(archive.remove("k"));
      assertFalse(archive.remove("k"));
      assertNull(archive.get("k"));
      assertEquals(0, archive.size());
    }
  }

  @Test
  default void compareAndSet_ofAbsence_writesOnlyWhereNothingIs() {
    try (Archive<Object, Object> archive = open()) {
      RecordTimes times = RecordTimes.eternal(1);
      OptionalLong version = archive.compareAndSet("k", Store.ABSENT, "first", times);
      assertEquals(archive.entry("k").version(), version.getAsLong());
      assertTrue(archive.compareAndSet("k", Store.ABSENT, "second", times).isEmpty());
      assertEquals("first", archive.get("k"));
    }
  }

  @Test
  default void compareAndSet_ofAVersion_writesOnlyOverThatVersion() {
    try (Archive<Object, Object> archive = open()) {
      RecordTimes times = RecordTimes.eternal(1);
      long first = archive.put("k", "first", times);
      long second = archive.compareAndSet("k", first, "second", times).getAsLong();
      assertTrue(second > first);
      assertTrue(archive.compareAndSet("k", first, "third", times).isEmpty());
      assertTrue(archive.compareAndSet("absent", first, "third", times).isEmpty());
      assertEquals("second", archive.get("k"));
      assertFalse(archive.contains("absent"));
    }
  }

  @Test
  default void compareAndRemove_removesOnlyTheVersion() {
    try (Archive<Object, Object> archive = open()) {
      RecordTimes times = RecordTimes.eternal(1);
      long first = archive.put("k", "first", times);
      long second = archive.put("k", "second", times);
      assertFalse(archive.compareAndRemove("k", first));
      assertFalse(archive.compareAndRemove("k", Store.ABSENT));
      assertEquals("second", archive.get("k"));
      assertTrue(archive.compareAndRemove("k", second));
      assertFalse(archive.compareAndRemove("k", second));
      assertFalse(archive.contains("k"));
    }
  }

  @Test
  default void touch_changesTheTimesAndNothingElse() {
    try (Archive<Object, Object> archive = open()) {
      long version = archive.put("k", "v", RecordTimes.eternal(1));
      RecordTimes later = RecordTimes.expiringAfter(1, Long.MAX_VALUE / 2);
      assertTrue(archive.touch("k", version, later));
      assertEquals(new ArchiveEntry<>("k", "v", version, later), archive.entry("k"));
      assertFalse(archive.touch("k", version + 1, RecordTimes.eternal(1)));
      assertFalse(archive.touch("absent", version, RecordTimes.eternal(1)));
      assertEquals(later, archive.entry("k").times());
    }
  }

  @Test
  default void cursor_seesEachEntryOnce() {
    try (Archive<Object, Object> archive = open()) {
      Map<Object, Object> expected = new HashMap<>();
      for (int i = 0; i < 300; i++) {
        archive.put(i, "v" + i);
        expected.put(i, "v" + i);
      }
      Map<Object, Object> seen = new HashMap<>();
      try (ArchiveCursor<Object, Object> cursor = archive.cursor()) {
        for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
          assertNull(seen.put(entry.key(), entry.value()), "twice: " + entry.key());
        }
        assertNull(cursor.next(), "after the end");
      }
      assertEquals(expected, seen);
      assertEquals(expected.keySet(), archive.keys());
      assertEquals(300, archive.size());
    }
  }

  @Test
  default void clear_removesEverything() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("a", 1);
      archive.put("b", 2);
      archive.clear();
      assertEquals(0, archive.size());
      assertNull(archive.get("a"));
      archive.put("a", 3);
      assertEquals(3, archive.get("a"));
    }
  }

  @Test
  default void nullKeyOrValue_isRefusedAndChangesNothing() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", "v");
      assertThrows(NullPointerException.class, () -> archive.put("k", null));
      assertThrows(NullPointerException.class, () -> archive.put(null, "v"));
      assertThrows(NullPointerException.class, () -> archive.get(null));
      assertThrows(NullPointerException.class, () -> archive.remove(null));
      assertEquals("v", archive.get("k"));
      assertEquals(1, archive.size());
    }
  }

  @Test
  default void reopenedArchive_hasTheEntriesWithTheirVersionsAndTimes() {
    ArchiveEntry<Object, Object> before;
    try (Archive<Object, Object> archive = open()) {
      archive.put(List.of("k"), "v", RecordTimes.expiringAfter(5, Long.MAX_VALUE / 2));
      before = archive.entry(List.of("k"));
    }
    try (Archive<Object, Object> archive = open()) {
      assertEquals(before, archive.entry(List.of("k")));
      assertEquals(1, archive.size());
      archive.put(List.of("k"), "newer");
      assertTrue(archive.entry(List.of("k")).version() > before.version());
    }
  }

  @Test
  default void twoOpenArchives_ofOneNamespace_seeEachOther() {
    try (Archive<Object, Object> one = open();
        Archive<Object, Object> other = open()) {
      one.put("k", "v");
      assertEquals("v", other.get("k"));
      other.remove("k");
      assertNull(one.get("k"));
    }
  }

  @Test
  default void namespaces_areApart() {
    try (Archive<Object, Object> one = open(anything().namespace("a-b").build());
        Archive<Object, Object> other = open(anything().namespace("a_b").build());
        Archive<Object, Object> upper = open(anything().namespace("A-B").build())) {
      one.put("k", 1);
      other.put("k", 2);
      assertNull(upper.get("k"));
      one.clear();
      assertEquals(2, other.get("k"));
    }
  }

  @Test
  default void closedArchive_refusesEveryCall() {
    Archive<Object, Object> archive = open();
    archive.put("k", "v");
    archive.close();
    archive.close();
    assertThrows(IllegalStateException.class, () -> archive.get("k"));
    assertThrows(IllegalStateException.class, () -> archive.put("k", "v"));
    assertThrows(IllegalStateException.class, () -> archive.getAll(Set.of("k")));
    assertThrows(IllegalStateException.class, () -> archive.remove("k"));
    assertThrows(IllegalStateException.class, archive::size);
    assertThrows(IllegalStateException.class, archive::keys);
    assertThrows(IllegalStateException.class, () -> archive.asMap().get("k"));
  }

  @Test
  default void drop_destroysTheNamespaceAlone() {
    try (Archive<Object, Object> kept = open(anything().namespace("kept").build())) {
      kept.put("k", "v");
      Archive<Object, Object> dropped = open();
      dropped.put("k", "v");
      dropped.drop();
      assertThrows(IllegalStateException.class, () -> dropped.get("k"));
      assertEquals("v", kept.get("k"));
    }
    try (Archive<Object, Object> again = open()) {
      assertEquals(0, again.size());
    }
  }

  @Test
  default void verify_ofASoundArchive_countsItsRecords() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("a", 1);
      archive.put("b", 2);
      archive.sync();
      assertTrue(archive.verify(false).isSound());
      assertEquals(2, archive.verify(false).records());
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  default void wrongTypes_areRefusedByNameBeforeAnythingIsWritten() {
    try (Archive archive =
        open(ArchiveConfiguration.builder(String.class, Integer.class).build())) {
      ClassCastException ofKey = assertThrows(ClassCastException.class, () -> archive.put(1L, 1));
      assertTrue(
          ofKey.getMessage().contains("java.lang.Long")
              && ofKey.getMessage().contains("java.lang.String"),
          ofKey.getMessage());
      ClassCastException ofValue =
          assertThrows(ClassCastException.class, () -> archive.put("k", "v"));
      assertTrue(
          ofValue.getMessage().contains("java.lang.Integer")
              && ofValue.getMessage().contains("java.lang.String"),
          ofValue.getMessage());
      assertThrows(ClassCastException.class, () -> archive.putAll(Map.of("k", 1, "l", "v")));
      assertEquals(0, archive.size());
    }
  }

  @Test
  default void entryOfAnotherType_isRefusedByNameAndNotLost() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", "text");
    }
    ArchiveConfiguration<String, Integer> numbers =
        ArchiveConfiguration.builder(String.class, Integer.class).namespace("contract").build();
    try (Archive<String, Integer> archive = open(numbers)) {
      ArchiveException refused = assertThrows(ArchiveException.class, () -> archive.get("k"));
      assertTrue(refused.getMessage().contains("\"k\""), refused.getMessage());
      assertTrue(refused.getMessage().contains("java.lang.String"), refused.getMessage());
      assertTrue(refused.getMessage().contains("java.lang.Integer"), refused.getMessage());
      assertEquals(Set.of("k"), archive.keys());
    }
    try (Archive<Object, Object> archive = open()) {
      assertEquals("text", archive.get("k"));
      assertNotNull(archive.entry("k"));
    }
  }
}
