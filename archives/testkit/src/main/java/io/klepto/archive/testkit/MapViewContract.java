package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The part of {@link ArchiveContract} for {@code asMap}. */
interface MapViewContract extends ArchiveFixture {
  private Archive<Object, Object> filled() {
    Archive<Object, Object> archive = open();
    archive.putAll(Map.of("a", 1, "b", 2, "c", 3));
    return archive;
  }

  @Test
  default void view_readsAndWritesTheArchive() {
    try (Archive<Object, Object> archive = filled()) {
      ConcurrentMap<Object, Object> map = archive.asMap();
      assertEquals(1, map.get("a"));
      assertEquals(1, map.put("a", 10));
      assertNull(map.put("d", 4));
      assertEquals(10, archive.get("a"));
      assertEquals(4, map.remove("d"));
      assertNull(map.remove("d"));
      assertFalse(archive.contains("d"));
      map.putAll(Map.of("e", 5));
      assertEquals(5, archive.get("e"));
      assertEquals(4, map.size());
      assertFalse(map.isEmpty());
      assertTrue(map.containsValue(10));
      assertFalse(map.containsValue(1));
      assertEquals(0, map.getOrDefault("absent", 0));
      map.clear();
      assertTrue(map.isEmpty());
      assertEquals(0, archive.size());
    }
  }

  @Test
  default void view_equalsAMapOfTheSameEntries() {
    try (Archive<Object, Object> archive = filled()) {
      Map<Object, Object> expected = new HashMap<>(Map.of("a", 1, "b", 2, "c", 3));
      ConcurrentMap<Object, Object> map = archive.asMap();
      assertEquals(expected, map);
      assertEquals(map, expected);
      assertEquals(expected.hashCode(), map.hashCode());
      assertEquals(expected.keySet(), map.keySet());
      assertEquals(expected.entrySet(), map.entrySet());
      assertEquals(new HashSet<>(expected.values()), new HashSet<>(map.values()));
      assertEquals(3, map.values().stream().collect(Collectors.toList()).size());
      assertEquals(expected, new HashMap<>(map));
    }
  }

  @Test
  default void conditionalMethods_changeOnlyWhereTheConditionHolds() {
    try (Archive<Object, Object> archive = filled()) {
      ConcurrentMap<Object, Object> map = archive.asMap();
      assertEquals(1, map.putIfAbsent("a", 9));
      assertNull(map.putIfAbsent("d", 4));
      assertEquals(4, map.get("d"));
      assertFalse(map.replace("a", 9, 10));
      assertTrue(map.replace("a", 1, 10));
      assertFalse(map.replace("absent", 1, 10));
      assertEquals(2, map.replace("b", 20));
      assertNull(map.replace("absent", 20));
      assertFalse(map.remove("c", 9));
      assertTrue(map.remove("c", 3));
      assertFalse(map.remove("c", 3));
      assertFalse(map.remove("a", null));
      assertEquals(Map.of("a", 10, "b", 20, "d", 4), map);
    }
  }

  @Test
  default void computingMethods_followTheMapContract() {
    try (Archive<Object, Object> archive = filled()) {
      ConcurrentMap<Object, Object> map = archive.asMap();
      assertEquals(1, map.computeIfAbsent("a", key -> 9));
      assertEquals("d!", map.computeIfAbsent("d", key -> key + "!"));
      assertNull(map.computeIfAbsent("e", key -> null));
      assertEquals("b2", map.computeIfPresent("b", (key, old) -> "" + key + old));
      assertNull(map.computeIfPresent("absent", (key, old) -> 9));
      assertNull(map.computeIfPresent("c", (key, old) -> null));
      assertEquals("f:null", map.compute("f", (key, old) -> key + ":" + old));
      assertNull(map.compute("f", (key, old) -> null));
      assertNull(map.compute("g", (key, old) -> null));
      assertEquals(5, map.merge("h", 5, (old, added) -> 9));
      assertEquals("5+6", map.merge("h", 6, (old, added) -> old + "+" + added));
      assertNull(map.merge("h", 6, (old, added) -> null));
      map.replaceAll((key, old) -> key + "=" + old);
      assertEquals(Map.of("a", "a=1", "b", "b=b2", "d", "d=d!"), map);
    }
  }

  @Test
  default void computeWhoseEntryChangesMeanwhile_runsAgainOnTheNewValue() {
    try (Archive<Object, Object> archive = filled()) {
      List<Object> seen = new ArrayList<>();
      Object result =
          archive
              .asMap()
              .compute(
                  "a",
                  (key, old) -> {
                    if (seen.isEmpty()) {
                      archive.put("a", 100);
                    }
                    seen.add(old);
                    return (int) old + 1;
                  });
      assertEquals(List.of(1, 100), seen);
      assertEquals(101, result);
      assertEquals(101, archive.get("a"));
    }
  }

  @Test
  default void functionThatThrows_changesNothing() {
    try (Archive<Object, Object> archive = filled()) {
      UnsupportedOperationException thrown = new UnsupportedOperationException("on purpose");
      UnsupportedOperationException caught =
          assertThrows(
              UnsupportedOperationException.class,
              () ->
                  archive
                      .asMap()
                      .compute(
                          "a",
                          (key, old) -> {
                            throw thrown;
                          }));
      assertSame(thrown, caught);
      assertEquals(1, archive.get("a"));
    }
  }

  @Test
  default void views_writeThrough() {
    try (Archive<Object, Object> archive = filled()) {
      ConcurrentMap<Object, Object> map = archive.asMap();
      assertTrue(map.keySet().remove("a"));
      assertFalse(map.keySet().remove("a"));
      assertTrue(map.values().remove(2));
      assertFalse(map.values().remove(2));
      assertTrue(map.entrySet().contains(Map.entry("c", 3)));
      assertFalse(map.entrySet().remove(Map.entry("c", 9)));
      for (Map.Entry<Object, Object> entry : map.entrySet()) {
        assertEquals(3, entry.setValue(30));
        assertEquals(30, entry.getValue());
      }
      assertEquals(Map.of("c", 30), archive.getAll(Set.of("a", "b", "c")));
      assertTrue(map.entrySet().remove(Map.entry("c", 30)));
      assertTrue(map.isEmpty());
      assertThrows(UnsupportedOperationException.class, () -> map.keySet().add("x"));
      assertThrows(UnsupportedOperationException.class, () -> map.values().add("x"));
    }
  }

  @Test
  default void viewsInBulk_writeThrough() {
    try (Archive<Object, Object> archive = filled()) {
      ConcurrentMap<Object, Object> map = archive.asMap();
      assertTrue(map.keySet().retainAll(Set.of("a", "b")));
      assertEquals(Set.of("a", "b"), archive.keys());
      assertTrue(map.values().removeIf(value -> value.equals(1)));
      assertEquals(Set.of("b"), archive.keys());
      map.keySet().clear();
      assertEquals(0, archive.size());
    }
  }

  @Test
  default void iterator_removesTheLastReturned() {
    try (Archive<Object, Object> archive = filled()) {
      Iterator<Object> keys = archive.asMap().keySet().iterator();
      assertThrows(IllegalStateException.class, keys::remove);
      Object first = keys.next();
      assertTrue(keys.hasNext());
      keys.remove();
      assertThrows(IllegalStateException.class, keys::remove);
      assertFalse(archive.contains(first));
      keys.next();
      keys.next();
      assertFalse(keys.hasNext());
      assertThrows(NoSuchElementException.class, keys::next);
      assertEquals(2, archive.size());
    }
  }

  @Test
  default void nulls_areRefused() {
    try (Archive<Object, Object> archive = filled()) {
      ConcurrentMap<Object, Object> map = archive.asMap();
      assertThrows(NullPointerException.class, () -> map.get(null));
      assertThrows(NullPointerException.class, () -> map.containsKey(null));
      assertThrows(NullPointerException.class, () -> map.containsValue(null));
      assertThrows(NullPointerException.class, () -> map.put("a", null));
      assertThrows(NullPointerException.class, () -> map.put(null, 1));
      assertThrows(NullPointerException.class, () -> map.putIfAbsent("a", null));
      assertThrows(NullPointerException.class, () -> map.replace("a", null));
      assertThrows(NullPointerException.class, () -> map.replace("a", null, 1));
      assertThrows(NullPointerException.class, () -> map.remove(null));
      assertThrows(NullPointerException.class, () -> map.merge("a", null, (a, b) -> a));
      assertEquals(Map.of("a", 1, "b", 2, "c", 3), map);
    }
  }

  @Test
  default void keysOfAForeignType_areNotFound() {
    ArchiveConfiguration<String, Integer> typed =
        ArchiveConfiguration.builder(String.class, Integer.class).build();
    try (Archive<String, Integer> archive = open(typed)) {
      archive.put("1", 1);
      ConcurrentMap<String, Integer> map = archive.asMap();
      Object foreign = 1L;
      assertNull(map.get(foreign));
      assertFalse(map.containsKey(foreign));
      assertNull(map.remove(foreign));
      assertFalse(map.remove(foreign, 1));
      assertFalse(map.keySet().contains(foreign));
      assertFalse(map.entrySet().contains(Map.entry(foreign, 1)));
      assertFalse(map.containsValue(foreign));
      assertEquals(Map.of("1", 1), map);
    }
  }

  @Test
  default void arraysAsValues_areComparedByContent() {
    try (Archive<Object, Object> archive = open()) {
      ConcurrentMap<Object, Object> map = archive.asMap();
      map.put("k", new byte[] {1});
      assertTrue(map.containsValue(new byte[] {1}));
      assertFalse(map.replace("k", new byte[] {2}, "no"));
      assertTrue(map.replace("k", new byte[] {1}, new byte[] {2}));
      assertTrue(map.remove("k", new byte[] {2}));
    }
  }
}
