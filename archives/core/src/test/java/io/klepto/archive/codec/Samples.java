package io.klepto.archive.codec;

import io.klepto.archive.codec.SampleClasses.Celsius;
import io.klepto.archive.codec.SampleClasses.Derived;
import io.klepto.archive.codec.SampleClasses.External;
import io.klepto.archive.codec.SampleClasses.Named;
import io.klepto.archive.codec.SampleClasses.Operation;
import io.klepto.archive.codec.SampleClasses.Outer;
import io.klepto.archive.codec.SampleClasses.Plain;
import io.klepto.archive.codec.SampleClasses.Point;
import io.klepto.archive.codec.SampleClasses.Secret;
import io.klepto.archive.codec.SampleClasses.Single;
import io.klepto.archive.codec.SampleClasses.Tuple;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that codecs must bring back, by name. */
@SuppressWarnings({
  "JdkObsolete",
  "JavaUtilDate",
  "UnnecessaryStringBuilder",
  "IdentityHashMapUsage"
}) // users have them
final class Samples {
  private static final int BIG_BYTES = 8 << 20;

  private Samples() {}

  /** Returns what every codec must bring back. */
  static Map<String, Object> plain() {
    Map<String, Object> samples = new LinkedHashMap<>();
    samples.put("empty string", "");
    samples.put("latin string", "Grüße");
    samples.put("wide string", "日本語 🎉");
    samples.put("long string", "ab".repeat(100_000));
    samples.put("boolean", true);
    samples.put("byte", (byte) -128);
    samples.put("short", (short) 32767);
    samples.put("char", '\uD800');
    samples.put("int", -1);
    samples.put("largest int", Integer.MAX_VALUE);
    samples.put("long", Long.MIN_VALUE);
    samples.put("float", Float.intBitsToFloat(0x7fc0_0001));
    samples.put("double", Double.MIN_VALUE);
    samples.put("big integer", BigInteger.TWO.pow(1000).negate());
    samples.put("big decimal", new BigDecimal("-1.2300E-400"));
    samples.put("no bytes", new byte[0]);
    samples.put("many bytes", bytes(BIG_BYTES));
    return samples;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  /** Returns what every codec for objects must bring back. */
  static Map<String, Object> objects() {
    Map<String, Object> samples = new LinkedHashMap<>(plain());
    samples.put("half a surrogate pair", "a\uD800b");
    samples.put("object of all fields", new Derived("d"));
    Derived shadowing = new Derived("e");
    shadowing.shadow(77);
    samples.put("shadowed field", shadowing);
    samples.put("record", new Point(1, -1));
    samples.put(
        "generic record",
        new Tuple<>(List.of(new Point(1, 2)), null, true, (byte) 1, (short) 2, 'c', 3L, 4f));
    samples.put("enum", TimeUnit.DAYS);
    samples.put("enum with body", Operation.TIMES);
    samples.put("readObject", new Secret("psst"));
    samples.put("readResolve", Single.INSTANCE);
    samples.put("writeReplace", new Celsius(20));
    samples.put("externalizable", new External(7));
    samples.put("subclass of a list", new Named<>("n", List.of(1, 2)));
    samples.put("inner class", new Outer(6).inner(7));
    samples.put("nested list", deep(300));
    samples.put("deep list", deep(5_000));
    addArrays(samples);
    addCollections(samples);
    addMaps(samples);
    addValues(samples);
    return samples;
  }

  static Object deep(int levels) {
    List<Object> list = new ArrayList<>();
    for (int i = 1; i < levels; i++) {
      List<Object> outer = new ArrayList<>();
      outer.add(list);
      list = outer;
    }
    return list;
  }

  private static void addArrays(Map<String, Object> samples) {
    samples.put("ints", new int[] {1, -1});
    samples.put("no ints", new int[0]);
    samples.put("booleans", new boolean[] {true, false});
    samples.put("shorts", new short[] {1, -1});
    samples.put("chars", new char[] {'a', '\uFFFF'});
    samples.put("longs", new long[] {Long.MAX_VALUE});
    samples.put("floats", new float[] {Float.NaN, -0f});
    samples.put("doubles", new double[] {Double.NaN, -0.0});
    samples.put("matrix", new double[][] {{1, 2}, {}, null, {Double.POSITIVE_INFINITY}});
    samples.put("objects", new Object[] {1, "a", null, new int[] {1}});
    samples.put("strings", new String[] {"a", null});
    samples.put("points", new Point[][] {{new Point(1, 2)}, {null}});
    samples.put("no points", new Point[0]);
    samples.put("lists", new List<?>[] {List.of(1)});
    samples.put("operations", new Operation[] {Operation.PLUS, null});
  }

  private static void addCollections(Map<String, Object> samples) {
    List<Object> list = new ArrayList<>(Arrays.asList(1, "two", null, 3.0));
    samples.put("array list", list);
    samples.put("linked list", new LinkedList<>(list));
    samples.put("vector", new Vector<>(list));
    samples.put("array deque", new ArrayDeque<>(List.of(1, 2)));
    samples.put("copy on write list", new CopyOnWriteArrayList<>(list));
    samples.put("concurrent queue", new ConcurrentLinkedQueue<>(List.of(1, 2)));
    samples.put("priority queue", new PriorityQueue<>(List.of(3, 1, 2)));
    samples.put("as list", Arrays.asList(1, null));
    samples.put("sub list", list.subList(1, 3));
    samples.put("List.of()", List.of());
    samples.put("List.of(1)", List.of(1));
    samples.put("List.of(1, 2, 3)", List.of(1, 2, 3));
    samples.put("Stream.toList with null", Stream.of(1, null).toList());
    samples.put("empty list", Collections.emptyList());
    samples.put("singleton list", Collections.singletonList(null));
    samples.put("copies", Collections.nCopies(1_000, "x"));
    samples.put("unmodifiable list", Collections.unmodifiableList(list));
    samples.put("unmodifiable linked list", Collections.unmodifiableList(new LinkedList<>(list)));
    samples.put("unmodifiable collection", Collections.unmodifiableCollection(list));
    samples.put("synchronized list", Collections.synchronizedList(list));
    samples.put("synchronized collection", Collections.synchronizedCollection(list));
    Set<Object> set = new HashSet<>(list);
    samples.put("hash set", set);
    samples.put("linked hash set", new LinkedHashSet<>(list));
    samples.put("tree set", new TreeSet<>(List.of("b", "a")));
    samples.put("reversed tree set", reversed());
    samples.put("skip list set", new ConcurrentSkipListSet<>(List.of("b", "a")));
    samples.put("Set.of()", Set.of());
    samples.put("Set.of(1)", Set.of(1));
    samples.put("Set.of(1, 2, 3)", Set.of(1, 2, 3));
    samples.put("empty set", Collections.emptySet());
    samples.put("singleton", Collections.singleton("x"));
    samples.put("unmodifiable set", Collections.unmodifiableSet(set));
    samples.put("unmodifiable sorted set", Collections.unmodifiableSortedSet(reversed()));
    samples.put("unmodifiable navigable set", Collections.unmodifiableNavigableSet(reversed()));
    samples.put("synchronized set", Collections.synchronizedSet(set));
    samples.put("synchronized sorted set", Collections.synchronizedSortedSet(reversed()));
    Set<Object> concurrent = Collections.newSetFromMap(new ConcurrentHashMap<>());
    concurrent.add(1);
    samples.put("set from map", concurrent);
    samples.put("enum set", EnumSet.of(TimeUnit.DAYS));
    samples.put("empty enum set", EnumSet.noneOf(Operation.class));
    samples.put("large enum set", EnumSet.of(Character.UnicodeScript.GREEK));
    samples.put("bit set", BitSet.valueOf(new long[] {5, 0, 7}));
    samples.put("set of records", Set.of(new Point(1, 2), new Point(3, 4)));
  }

  private static NavigableSet<String> reversed() {
    NavigableSet<String> set = new TreeSet<>(Comparator.reverseOrder());
    set.addAll(List.of("a", "c", "b"));
    return set;
  }

  private static void addMaps(Map<String, Object> samples) {
    Map<Object, Object> map = new HashMap<>(Map.of("a", 1, 2L, List.of(3)));
    map.put(null, null);
    samples.put("hash map", map);
    samples.put("linked hash map", new LinkedHashMap<>(map));
    samples.put("tree map", new TreeMap<>(Map.of("b", 1, "a", 2)));
    samples.put("reversed tree map", reversedMap());
    samples.put("head of a tree map", reversedMap().headMap("a"));
    samples.put("concurrent hash map", new ConcurrentHashMap<>(Map.of(1, 2)));
    samples.put("skip list map", new ConcurrentSkipListMap<>(Map.of(1, 2)));
    samples.put("Map.of()", Map.of());
    samples.put("Map.of(1, 2)", Map.of(1, 2));
    samples.put("Map.of(1, 2, 3, 4)", Map.of(1, 2, 3, 4));
    samples.put("empty map", Collections.emptyMap());
    samples.put("singleton map", Collections.singletonMap(1, null));
    samples.put("unmodifiable map", Collections.unmodifiableMap(map));
    samples.put("unmodifiable sorted map", Collections.unmodifiableSortedMap(reversedMap()));
    samples.put("synchronized map", Collections.synchronizedMap(map));
    samples.put("synchronized sorted map", Collections.synchronizedSortedMap(reversedMap()));
    samples.put("enum map", new EnumMap<>(Map.of(Operation.PLUS, 1, Operation.TIMES, 2)));
    samples.put("empty enum map", new EnumMap<>(TimeUnit.class));
    samples.put("simple entry", new AbstractMap.SimpleEntry<>(1, null));
    samples.put("immutable entry", new AbstractMap.SimpleImmutableEntry<>(1, 2));
    Properties properties = new Properties();
    properties.setProperty("a", "b");
    samples.put("properties", properties);
  }

  private static NavigableMap<String, Integer> reversedMap() {
    NavigableMap<String, Integer> map = new TreeMap<>(Collections.reverseOrder());
    map.putAll(Map.of("a", 1, "b", 2));
    return map;
  }

  private static void addValues(Map<String, Object> samples) {
    LocalDateTime time = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_999);
    samples.put("uuid", new UUID(1, -1));
    samples.put("uri", URI.create("https://example.org/a?b=%20#c"));
    samples.put("locale", Locale.forLanguageTag("zh-Hant-TW"));
    samples.put("root locale", Locale.ROOT);
    samples.put("locale without a tag", new Locale("no", "NO", "NY"));
    samples.put("japanese locale", new Locale("ja", "JP", "JP"));
    samples.put("currency", Currency.getInstance("EUR"));
    samples.put("date", new Date(-1));
    samples.put("pattern", Pattern.compile("a|b", Pattern.CASE_INSENSITIVE));
    samples.put("class literal", String[].class);
    samples.put("primitive class literal", int.class);
    samples.put("duration", Duration.ofSeconds(-1, 1));
    samples.put("instant", Instant.MIN);
    samples.put("date of a calendar", LocalDate.MAX);
    samples.put("time of day", LocalTime.MAX);
    samples.put("date and time", time);
    samples.put("zoned", time.atZone(ZoneId.of("Europe/Paris")));
    samples.put(
        "zoned in an overlap",
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Paris"))
            .withLaterOffsetAtOverlap());
    samples.put("offset date", OffsetDateTime.of(time, ZoneOffset.ofHours(-9)));
    samples.put("offset time", OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC));
    samples.put("zone", ZoneId.of("Asia/Tokyo"));
    samples.put("offset", ZoneOffset.ofHoursMinutesSeconds(1, 2, 3));
    samples.put("period", Period.of(1, -2, 3));
    samples.put("year", Year.of(-5));
    samples.put("year and month", YearMonth.of(2024, 2));
    samples.put("month and day", MonthDay.of(2, 29));
    samples.put("day of week", DayOfWeek.FRIDAY);
    samples.put("atomic boolean", new AtomicBoolean(true));
    samples.put("atomic integer", new AtomicInteger(-7));
    samples.put("atomic long", new AtomicLong(7L << 40));
    samples.put("atomic reference", new AtomicReference<>(List.of(1)));
    samples.put("string builder", new StringBuilder("text"));
    Exception exception = new IllegalStateException("outer", new IOException("inner"));
    exception.addSuppressed(new ArithmeticException("suppressed"));
    samples.put("exception", exception);
  }

  /** Returns what only a codec that needs no {@code Serializable} must bring back. */
  static Map<String, Object> notSerializable() {
    Map<String, Object> samples = new LinkedHashMap<>();
    samples.put("plain class", new Plain(List.of(1, 2), Optional.of("x")));
    samples.put("optional", Optional.of(new Plain(null, Optional.empty())));
    samples.put("empty optional", Optional.empty());
    samples.put("optional int", OptionalInt.of(-1));
    samples.put("optional long", OptionalLong.empty());
    samples.put("optional double", OptionalDouble.of(0.5));
    samples.put("Map.entry", Map.entry(1, 2));
    samples.put("identity", new IdentityHashMap<>(Map.of()));
    samples.put("buffer", ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2));
    samples.put("read-only buffer", ByteBuffer.wrap(new byte[] {1}).asReadOnlyBuffer());
    samples.put("direct buffer", ByteBuffer.allocateDirect(3));
    samples.put("list in a list", List.of(new Plain(1, Optional.empty())));
    samples.put(
        "map in a wrapper",
        Collections.unmodifiableMap(Map.of("a", new Plain(2, Optional.empty()))));
    return samples;
  }
}
