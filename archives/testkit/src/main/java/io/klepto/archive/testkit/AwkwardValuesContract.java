package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The part of {@link ArchiveContract} for values that are hard to write or to read back. */
interface AwkwardValuesContract extends ArchiveFixture {
  /** Returns values that compare by {@code equals}, or by content if they are arrays. */
  private static List<Object> values() {
    List<Object> values = new ArrayList<>();
    values.addAll(List.of("", "\0", "😀", "\ud83d", "x".repeat(100_000), 'x', true));
    values.addAll(List.of(0, -1L, (short) 3, (byte) -4, Double.NaN, -0.0, Float.MIN_VALUE));
    values.addAll(List.of(new BigInteger("-" + "9".repeat(400)), new BigDecimal("1.500")));
    values.addAll(List.of(new UUID(1, 2), URI.create("http://host/?q#f"), Locale.ROOT));
    values.addAll(List.of(Instant.MAX, LocalDate.MIN, Duration.ofNanos(-1)));
    values.add(ZonedDateTime.of(2024, 3, 31, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")));
    values.addAll(
        List.of(Samples.Color.RED, Samples.Color.GREEN, new Samples.Point(1, Double.NaN)));
    values.add(
        new Samples.Shape(
            "s",
            Samples.Color.GREEN,
            List.of(new Samples.Point(1, 2)),
            Map.of("nested", List.of(Set.of(1), Map.of("a", 1L)))));
    values.addAll(List.of(List.of(), List.of(1), List.of(1, 2, 3), Set.of(), Set.of(1, 2, 3)));
    values.addAll(List.of(Map.of(), Map.of(1, 2), new ArrayList<>(), new HashMap<>()));
    values.addAll(
        List.of(
            Collections.emptyList(),
            Collections.emptyMap(),
            Collections.singletonList(1),
            Collections.unmodifiableList(new ArrayList<>(List.of(1))),
            Collections.unmodifiableMap(new TreeMap<>(Map.of("a", 1))),
            Collections.synchronizedMap(new HashMap<>(Map.of("a", 1))),
            Collections.nCopies(3, "x")));
    values.addAll(
        Arrays.asList(Arrays.asList(1, null, "x"), new ArrayList<>(List.of(1, 2)).subList(0, 1)));
    values.add(new EnumMap<>(Map.of(Samples.Color.GREEN, List.of(1))));
    values.add(EnumSet.of(Samples.Color.RED, Samples.Color.GREEN));
    values.add(BitSet.valueOf(new long[] {5, 0, 7}));
    values.add(new ConcurrentHashMap<>(Map.of("a", 1)));
    values.addAll(List.of(new byte[0], new byte[] {1, -1}, new int[] {1, 2}, new char[] {'x'}));
    values.addAll(List.of(new double[][] {{1, 2}, {}, {Double.NaN}}, new String[] {"a", null}));
    values.add(new Object[] {1, "a", new int[] {3}, null});
    values.add(new Random(1).doubles(100_000).toArray());
    return values;
  }

  @Test
  default void values_comeBackAsTheyWerePut() {
    List<Object> values = values();
    try (Archive<Object, Object> archive = open()) {
      for (int i = 0; i < values.size(); i++) {
        archive.put(i, values.get(i));
      }
    }
    try (Archive<Object, Object> archive = open()) {
      for (int i = 0; i < values.size(); i++) {
        Object expected = values.get(i);
        Object found = archive.get(i);
        assertTrue(
            Objects.deepEquals(expected, found),
            () -> expected.getClass() + ": expected " + expected + ", found " + found);
      }
      Map<Object, Object> all = archive.getAll(archive.keys());
      assertEquals(values.size(), all.size());
    }
  }

  @Test
  default void orderOfMaps_isKept() {
    Map<String, Integer> linked = new LinkedHashMap<>();
    linked.put("z", 1);
    linked.put("a", 2);
    Map<String, Integer> sorted = new TreeMap<>(Comparator.reverseOrder());
    sorted.putAll(linked);
    try (Archive<Object, Object> archive = open()) {
      archive.put("linked", linked);
      archive.put("sorted", sorted);
      archive.put("queue", new ArrayDeque<>(List.of(3, 1, 2)));
      assertEquals("[z, a]", keysOf(archive.get("linked")));
      assertEquals("[z, a]", keysOf(archive.get("sorted")));
      assertEquals("[3, 1, 2]", archive.get("queue").toString());
    }
  }

  private static String keysOf(Object map) {
    return ((Map<?, ?>) map).keySet().toString();
  }

  @Test
  default void cyclesAndSharedObjects_keepTheirShape() {
    Samples.NamedPart left = new Samples.NamedPart("left");
    Samples.Part right = new Samples.Part("right");
    left.join(right);
    right.join(left);
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    int[] shared = {1};
    try (Archive<Object, Object> archive = open()) {
      archive.put("parts", left);
      archive.put("itself", itself);
      archive.put("shared", new Object[] {shared, shared});
      Samples.NamedPart found = (Samples.NamedPart) archive.get("parts");
      assertNotSame(left, found);
      assertEquals("left", found.ownName());
      assertEquals("super-left", found.name());
      assertEquals("right", found.other().name());
      assertSame(found, found.other().other());
      List<?> list = (List<?>) archive.get("itself");
      assertSame(list, list.get(0));
      Object[] pair = (Object[]) archive.get("shared");
      assertSame(pair[0], pair[1]);
      assertArrayEquals(shared, (int[]) pair[0]);
    }
  }

  @Test
  default void exceptions_keepClassMessageCauseAndTrace() {
    IllegalStateException thrown =
        new IllegalStateException("what failed", new IllegalArgumentException("why"));
    thrown.addSuppressed(new UnsupportedOperationException("beside"));
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", thrown);
      IllegalStateException found = (IllegalStateException) archive.get("k");
      assertEquals("what failed", found.getMessage());
      assertEquals(IllegalArgumentException.class, found.getCause().getClass());
      assertEquals("why", found.getCause().getMessage());
      assertEquals("beside", found.getSuppressed()[0].getMessage());
      assertArrayEquals(thrown.getStackTrace(), found.getStackTrace());
    }
  }

  @Test
  default void valueThatCantBeEncoded_isRefusedByNameAndTheOldOneSurvives() {
    try (Archive<Object, Object> archive = open()) {
      archive.put("k", "old");
      List<Object> unwritable =
          List.of(new Unwritable(), List.of(1, new Unwritable()), Thread.currentThread());
      for (Object value : unwritable) {
        ArchiveException refused =
            assertThrows(ArchiveException.class, () -> archive.put("k", value));
        assertTrue(refused.getMessage().contains(archive.name()), refused.getMessage());
        assertTrue(refused.getMessage().contains("\"k\""), refused.getMessage());
        assertThrows(ArchiveException.class, () -> archive.put("absent", value));
      }
      assertEquals("old", archive.get("k"));
      assertEquals(Set.of("k"), archive.keys());
      assertEquals(1, archive.size());
    }
  }
}
