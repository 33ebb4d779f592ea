package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.KeyEncodingException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The part of {@link ArchiveContract} for keys that are hard to tell apart or to store. */
interface AwkwardKeysContract extends ArchiveFixture {
  /** Returns keys of which no two are the same, and some nearly. */
  private static List<Object> differentKeys() {
    List<Object> keys = new ArrayList<>();
    keys.addAll(List.of("", " ", "a-b", "a_b", "a b", "A-B", "a.b", "a/b", "a\\b", "a:b"));
    keys.addAll(List.of("key", "Key", "KEY", "ß", "SS", "ss", "ı", "I", "i"));
    keys.addAll(List.of("é", "e\u0301", "😀", "\ud83d", "\0", "a\0", "a\0b", "\n", "\r\n"));
    keys.addAll(List.of(".", "..", "../x", "../../etc/passwd", "/x", "C:\\x", "CON", "nul", "%00"));
    keys.addAll(List.of("'; DROP TABLE entries; --", "\"", "`", "*", "?", "null", "true", "1"));
    keys.addAll(List.of("x".repeat(10_000), "x".repeat(9_999) + "y", "x".repeat(10_001)));
    keys.addAll(List.of(1, 1L, (short) 1, (byte) 1, 1.0, 1.0f, '1', true, false, 0.0, -0.0));
    keys.addAll(List.of(Double.NaN, new BigDecimal("1"), new BigDecimal("1.0")));
    keys.addAll(List.of(new byte[0], new byte[] {1}, new int[] {1}, new long[] {1}));
    keys.addAll(List.of(new Object[] {1}, new String[] {"1"}, new int[][] {{1}, {}}));
    keys.addAll(List.of(List.of(), List.of(1), List.of("1"), List.of(List.of(1)), Set.of(1)));
    keys.addAll(
        List.of(Map.of(), Map.of(1, "1"), Map.of("1", 1), List.of("a", "b"), List.of("ab")));
    keys.addAll(Arrays.asList(Arrays.asList("a", null), Arrays.asList(null, "a")));
    keys.addAll(List.of(Samples.Color.RED, Samples.Color.GREEN, "RED"));
    keys.addAll(List.of(new Samples.Point(1, 2), new Samples.Point(2, 1)));
    keys.addAll(List.of(new UUID(0, 1), URI.create("a:b"), Instant.EPOCH, LocalDate.EPOCH));
    return keys;
  }

  @Test
  default void differentKeys_haveEntriesOfTheirOwn() {
    List<Object> keys = differentKeys();
    try (Archive<Object, Object> archive = open()) {
      for (int i = 0; i < keys.size(); i++) {
        archive.put(keys.get(i), i);
      }
      assertEquals(keys.size(), archive.size());
    }
    try (Archive<Object, Object> archive = open()) {
      for (int i = 0; i < keys.size(); i++) {
        Object key = keys.get(i);
        assertEquals(i, archive.get(key), () -> "key " + key);
        assertTrue(
            Objects.deepEquals(key, archive.entry(key).key()),
            () -> "expected the key " + key + ", found " + archive.entry(key).key());
      }
      assertEquals(keys.size(), archive.keys().size());
      for (int i = 0; i < keys.size(); i++) {
        assertTrue(archive.remove(keys.get(i)));
        assertFalse(archive.contains(keys.get(i)));
        assertTrue(i + 1 == keys.size() || archive.contains(keys.get(i + 1)));
      }
      assertEquals(0, archive.size());
    }
  }

  @Test
  default void listedKeys_findTheirEntries() {
    List<Object> keys = differentKeys();
    try (Archive<Object, Object> archive = open()) {
      for (Object key : keys) {
        archive.put(key, "value");
      }
      for (Object key : archive.keys()) {
        assertEquals("value", archive.get(key));
        assertTrue(archive.remove(key));
      }
      assertEquals(0, archive.size());
    }
  }

  @Test
  default void equalCollections_areOneKeyWhateverTheirClassAndOrder() {
    try (Archive<Object, Object> archive = open()) {
      archive.put(new CopyOnWriteArrayList<>(List.of(1, 2)), "list");
      assertEquals("list", archive.get(List.of(1, 2)));
      assertNull(archive.get(List.of(2, 1)));
      archive.put(new LinkedHashSet<>(List.of("b", "a")), "set");
      assertEquals("set", archive.get(Set.of("a", "b")));
      Map<String, Integer> map = new LinkedHashMap<>();
      map.put("b", 2);
      map.put("a", 1);
      archive.put(map, "map");
      assertEquals("map", archive.get(new TreeMap<>(map)));
      archive.put(new byte[] {1, 2}, "bytes");
      assertEquals("bytes", archive.get(new byte[] {1, 2}));
      assertEquals(4, archive.size());
    }
  }

  @Test
  default void keyWithoutCanonicalBytes_isRefusedAndChangesNothing() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", "v");
      assertThrows(KeyEncodingException.class, () -> archive.put(new Object(), "v"));
      assertThrows(KeyEncodingException.class, () -> archive.get(Thread.currentThread()));
      assertEquals(
          Set.of("good"),
          archive
              .putAllEntries(
                  Map.of(
                      "good",
                      new TimedValue<>("v", eternal()),
                      new Object(),
                      new TimedValue<>("v", eternal())))
              .done());
      assertFalse(archive.contains("absent"));
      assertEquals(Set.of("k", "good"), archive.keys());
    }
  }

  private static RecordTimes eternal() {
    return RecordTimes.eternal(1);
  }
}
