package io.klepto.keymap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CanonicalEncoderTest {
  private static final CanonicalEncoder ENCODER = CanonicalEncoder.standard();

  /** Has no equals: its fields decide all the same. */
  static final class Plain {
    private final String name;

    Plain(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final class OtherPlain {
    private final String name;

    OtherPlain(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final class WithMemo {
    final int value;
    transient int memo;

    WithMemo(int value, int memo) {
      this.value = value;
      this.memo = memo;
    }
  }

  record Tree(Object left, Object right) {}

  private static void assertSameBytes(Object expected, Object actual) {
    assertEquals(SampleKeys.hex(expected), SampleKeys.hex(actual));
  }

  private static void assertDistinct(Object... keys) {
    Map<KeyBytes, Integer> seen = new HashMap<>();
    for (int i = 0; i < keys.length; i++) {
      Integer other = seen.put(ENCODER.encode(keys[i]), i);
      assertNull(other, "keys " + other + " and " + i + " share their bytes");
    }
  }

  @Test
  void encode_sampleKeys_areDistinct() {
    assertDistinct(SampleKeys.all().values().toArray());
  }

  @Test
  void encode_sameKeyAgain_givesTheSameBytes() {
    SampleKeys.all().values().forEach(key -> assertSameBytes(key, key));
  }

  @Test
  void encode_collisionsOfKlepto_areDistinct() {
    assertDistinct(-1, -2, "", 0, "a", (byte) 'a', 'a', new byte[] {'a'}, 1, 1L, 1.0, 1.0f, true);
    assertDistinct(List.of(1), List.of(List.of(1)), 1, new int[] {1}, Set.of(1), "1", "[1]");
  }

  @Test
  void encode_boundariesBetweenParts_count() {
    assertDistinct(
        List.of("ab", "c"),
        List.of("a", "bc"),
        List.of("abc"),
        List.of(List.of("ab"), "c"),
        List.of(List.of("ab", "c")),
        Arrays.asList("ab", "c", null),
        Arrays.asList(null, "ab", "c"));
    assertDistinct(Map.of("a", "b"), Map.of("b", "a"), Map.entry("a", "b"), List.of("a", "b"));
    assertDistinct(new Tree(new Tree(1, 2), 3), new Tree(1, new Tree(2, 3)));
    assertDistinct(Optional.of(1), 1, Optional.of(Optional.of(1)), Optional.of(Optional.empty()));
    assertDistinct(List.of(1, 1), List.of(1), List.of(1, 1, 1));
  }

  @Test
  void encode_longStrings_differInLengthCaseAndLastCharacter() {
    String text = "x".repeat(10_000);
    assertDistinct(text, text + "x", text.substring(1) + "y", text.substring(1) + "X");
    assertDistinct(text + "\u00e9", text + "\ud83d", text + "?", text + "\ud83d\ude00");
  }

  @Test
  void encode_longStringAlone_hasTheBytesOfTheLongWay() {
    for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 65_536, 65_537, 3_000_000}) {
      String text = "k".repeat(length);
      KeyBytes slow = new KeyWriter(new Registrations(Map.of()), 1 << 28).write(text);
      assertEquals(slow, ENCODER.encode(text), "length " + length);
    }
    for (Object number : List.of(1, -1, Integer.MIN_VALUE, 1L, -1L, Long.MAX_VALUE)) {
      KeyBytes slow = new KeyWriter(new Registrations(Map.of()), 1 << 28).write(number);
      assertEquals(slow, ENCODER.encode(number), () -> number.toString());
    }
  }

  @Test
  @SuppressWarnings("JdkObsolete") // Lists are lists.
  void encode_listsSetsAndMaps_areEncodedByInterface() {
    List<Object> list = List.of(1);
    assertSameBytes(list, new ArrayList<>(list));
    assertSameBytes(list, new LinkedList<>(list));
    assertSameBytes(list, new Vector<>(list));
    assertSameBytes(list, new CopyOnWriteArrayList<>(list));
    assertSameBytes(list, Arrays.asList(1));
    assertSameBytes(list, Collections.unmodifiableList(new ArrayList<>(list)));
    assertSameBytes(list, List.of(0, 1, 2).subList(1, 2));

    Set<String> set = Set.of("b", "a", "c");
    assertSameBytes(set, new LinkedHashSet<>(List.of("c", "b", "a")));
    assertSameBytes(set, new HashSet<>(set));
    assertSameBytes(
        set,
        new TreeSet<>(Collections.reverseOrder()) {
          private static final long serialVersionUID = 1L;

          {
            addAll(set);
          }
        });
    assertSameBytes(set, new ConcurrentSkipListSet<>(set));
    assertSameBytes(set, Map.of("a", 1, "b", 2, "c", 3).keySet());

    Map<String, Object> map = Map.of("k", List.of(), "l", 2);
    assertSameBytes(map, new HashMap<>(map));
    assertSameBytes(map, new TreeMap<>(map));
    assertSameBytes(map, new ConcurrentHashMap<>(map));
    assertSameBytes(map.entrySet(), new HashMap<>(map).entrySet());
    assertSameBytes(Map.entry("k", 1), new SimpleEntry<>("k", 1));
  }

  @Test
  void encode_mapWithNullKeyAndValue_isEncoded() {
    Map<String, String> nulls = new HashMap<>();
    nulls.put(null, null);
    Map<String, String> nullKey = new HashMap<>();
    nullKey.put(null, "");
    Map<String, String> nullValue = new HashMap<>();
    nullValue.put("", null);
    assertDistinct(nulls, nullKey, nullValue, Map.of("", ""), Map.of());
  }

  @Test
  void encode_setOfElementsWithEqualBytes_countsThem() {
    Set<Object> two = Collections.newSetFromMap(new IdentityHashMap<>());
    two.add(new Plain("a"));
    two.add(new Plain("a"));
    assertDistinct(two, Set.of(new Plain("a")));
  }

  @Test
  void encode_arrays_countByContentAndPrimitiveType() {
    assertSameBytes(new Object[] {"a", 1}, new Object[] {"a", 1});
    assertSameBytes(new Object[] {"a"}, new String[] {"a"});
    assertSameBytes(new Object[] {new int[] {1}}, new int[][] {{1}});
    assertDistinct(
        new boolean[0],
        new byte[0],
        new short[0],
        new char[0],
        new int[0],
        new long[0],
        new float[0],
        new double[0],
        new Object[0],
        List.of());
    assertDistinct(new int[] {1}, new Integer[] {1}, new long[] {1}, new int[] {1, 0});
  }

  @Test
  void encode_notANumber_isOne() {
    assertSameBytes(Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L));
    assertSameBytes(Float.NaN, Float.intBitsToFloat(0x7fc00001));
    assertSameBytes(
        new double[] {Double.NaN}, new double[] {Double.longBitsToDouble(0xfff0000000000001L)});
    assertSameBytes(new float[] {Float.NaN}, new float[] {Float.intBitsToFloat(0xff800001)});
    assertDistinct(0.0, -0.0, 0.0f, -0.0f);
  }

  @Test
  void encode_uris_agreeWithEquals() {
    List<URI> uris = new ArrayList<>();
    for (String text :
        List.of(
            "http://a/b",
            "HTTP://A/b",
            "http://a/B",
            "http://a:80/b",
            "http://a:/b",
            "//a/b",
            "http://@a/b",
            "http://u@a/b",
            "http://U@a/b",
            "http://a/%c3",
            "http://a/%C3",
            "http://a/%63",
            "http://a/c",
            "http://a/b?",
            "http://a/b?q",
            "http://a/b#",
            "http://a/b#f",
            "http://a_b/c",
            "http://A_b/c",
            "http://%c3/c",
            "http://%C3/c",
            "b",
            "/b",
            "",
            "mailto:a",
            "MAILTO:a",
            "mailto:A",
            "mailto:%c3",
            "mailto:%C3",
            "mailto:a#f",
            "a:/b",
            "file:/b",
            "file:///b",
            "urn:a:b",
            "http://[::1]/b",
            "http://[::A]/b",
            "http://[::a]/b",
            "http://u%c3@a/",
            "http://u%C3@a/",
            "?q",
            "#f")) {
      uris.add(URI.create(text));
    }
    for (URI a : uris) {
      for (URI b : uris) {
        assertEquals(
            a.equals(b), SampleKeys.hex(a).equals(SampleKeys.hex(b)), () -> a + " and " + b);
      }
    }
  }

  @Test
  void encode_locales_agreeWithEquals() {
    List<Locale> locales = new ArrayList<>(List.of(Locale.getAvailableLocales()));
    locales.add(new Locale.Builder().setLanguage("ja").setExtension('x', "a-b").build());
    locales.add(Locale.forLanguageTag("ja-JP-u-ca-japanese-x-lvariant-JP"));
    locales.add(Locale.forLanguageTag("iw"));
    Set<KeyBytes> bytes = new HashSet<>();
    locales.forEach(locale -> bytes.add(ENCODER.encode(locale)));
    assertEquals(new HashSet<>(locales).size(), bytes.size());
  }

  @Test
  void encode_classWithoutEquals_countsByClassAndFields() {
    assertSameBytes(new Plain("a"), new Plain("a"));
    assertDistinct(new Plain("a"), new Plain("b"), new Plain(null), new OtherPlain("a"));
  }

  @Test
  void encode_transientField_doesNotCount() {
    assertSameBytes(new WithMemo(1, 2), new WithMemo(1, 3));
    assertDistinct(new WithMemo(1, 2), new WithMemo(2, 2));
  }

  @Test
  void encode_hiddenInheritedField_countsApart() {
    assertDistinct(
        new SampleKeys.Derived("z", 1, null),
        new SampleKeys.Derived("z", 5, null),
        new SampleKeys.Base(5));
  }

  @Test
  void encode_deepNestingWithinTheLimit_works() {
    Object key = "core";
    for (int i = 0; i < CanonicalEncoder.MAX_DEPTH; i++) {
      key = List.of(key);
    }
    assertEquals(1 + 2 * CanonicalEncoder.MAX_DEPTH + 6, ENCODER.encode(key).length());
  }

  @Test
  void encode_sharedPart_isWrittenEachTime() {
    List<Integer> shared = List.of(1);
    assertSameBytes(List.of(List.of(1), new ArrayList<>(shared)), List.of(shared, shared));
  }

  @Test
  void isNatural_valuesWhoseEqualsAgrees_areNatural() {
    for (Object key :
        List.of(
            "a",
            1,
            1L,
            (short) 1,
            (byte) 1,
            'a',
            1.0,
            1.0f,
            true,
            BigDecimal.ONE,
            ZoneId.of("Europe/Berlin"),
            ZoneOffset.UTC,
            Locale.ROOT,
            URI.create("a"),
            StandardOpenOption.READ,
            SampleKeys.Operator.PLUS,
            String.class,
            OptionalInt.of(1))) {
      assertTrue(ENCODER.isNatural(key.getClass()), () -> key.getClass().getName());
    }
  }

  @Test
  void isNatural_valuesThatChangeOrHaveParts_areNot() {
    for (Class<?> type :
        List.of(
            List.class,
            ArrayList.class,
            Set.class,
            Map.class,
            Optional.class,
            byte[].class,
            String[].class,
            SampleKeys.Point.class,
            Plain.class,
            Object.class,
            Number.class,
            Date.class,
            Pattern.class,
            int.class)) {
      assertFalse(ENCODER.isNatural(type), type.getName());
    }
  }

  @Test
  void isNatural_sampleKeys_equalsAgreesWithBytes() {
    List<Object> natural =
        SampleKeys.all().values().stream()
            .filter(key -> ENCODER.isNatural(key.getClass()))
            .toList();
    assertTrue(natural.size() > 60, () -> natural.size() + " keys");
    for (Object a : natural) {
      for (Object b : natural) {
        assertEquals(
            a.equals(b), ENCODER.encode(a).equals(ENCODER.encode(b)), () -> a + " and " + b);
      }
    }
  }

  @Test
  void standard_isOneObject() {
    assertSame(CanonicalEncoder.standard(), CanonicalEncoder.standard());
  }

  @Test
  void encode_linkedMapInOtherOrder_givesTheSameBytes() {
    Map<Object, Object> forth = new LinkedHashMap<>();
    Map<Object, Object> back = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      forth.put(i, "v" + i);
      back.put(999 - i, "v" + (999 - i));
    }
    assertSameBytes(forth, back);
    back.put(0, "other");
    assertNotEquals(SampleKeys.hex(forth), SampleKeys.hex(back));
  }
}
