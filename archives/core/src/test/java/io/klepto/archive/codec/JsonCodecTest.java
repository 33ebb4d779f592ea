package io.klepto.archive.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.codec.SampleClasses.Derived;
import io.klepto.archive.codec.SampleClasses.Node;
import io.klepto.archive.codec.SampleClasses.Operation;
import io.klepto.archive.codec.SampleClasses.Point;
import io.klepto.archive.codec.SampleClasses.Secret;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonCodecTest extends CodecContract {
  /** What JSON has no form for. */
  private static final Set<String> REFUSED =
      Set.of(
          "readObject",
          "readResolve",
          "writeReplace",
          "externalizable",
          "subclass of a list",
          "concurrent queue",
          "priority queue",
          "unmodifiable collection",
          "synchronized collection",
          "reversed tree set",
          "unmodifiable sorted set",
          "unmodifiable navigable set",
          "synchronized sorted set",
          "set from map",
          "bit set",
          "reversed tree map",
          "head of a tree map",
          "unmodifiable sorted map",
          "synchronized sorted map",
          "empty enum map",
          "simple entry",
          "immutable entry",
          "properties",
          "locale without a tag",
          "pattern",
          "class literal",
          "primitive class literal",
          "atomic boolean",
          "atomic integer",
          "atomic long",
          "atomic reference",
          "string builder",
          "exception",
          "optional int",
          "optional long",
          "optional double",
          "Map.entry",
          "identity");

  @Override
  Codec codec() {
    return Codecs.named("json", options(JsonCodecTest.class, "java.lang.Character$UnicodeScript"));
  }

  private static Map<String, Object> all() {
    Map<String, Object> samples = Samples.objects();
    samples.putAll(Samples.notSerializable());
    return samples;
  }

  @Override
  Map<String, Object> samples() {
    Map<String, Object> samples = all();
    samples.keySet().removeAll(REFUSED);
    samples.put("typed fields", typed());
    return samples;
  }

  @Override
  Object refused() {
    return new Thread();
  }

  private String text(Object value) {
    return new String(codec().encode(value), UTF_8);
  }

  private Object decode(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return codec().decode(1, bytes, 0, bytes.length);
  }

  private String refusal(String text) {
    return assertThrows(ArchiveException.class, () -> decode(text)).getMessage();
  }

  private String refusalOf(Object value) {
    return assertThrows(ArchiveException.class, () -> codec().encode(value)).getMessage();
  }

  @Test
  void encode_whatHasNoForm_isRefusedWithTheCodecToTake() {
    Map<String, Object> samples = all();
    for (String name : REFUSED) {
      String message = refusalOf(samples.get(name));
      assertTrue(message.contains("codec(\"kryo\")"), name + ": " + message);
    }
  }

  /** Where the class is not written, hashed collections come back in the order of the text. */
  @Test
  void hashedCollections_withoutAClass_comeBackLinked() {
    Object map = roundTrip(codec(), new HashMap<>(Map.of("a", 1)));
    assertEquals(LinkedHashMap.class, map.getClass());
    assertEquals(Map.of("a", 1), map);
    assertEquals(LinkedHashSet.class, ((Typed) roundTrip(codec(), typed())).floats.getClass());
  }

  /** A record whose declarations say what JSON does not. */
  @SuppressWarnings("ArrayRecordComponent") // equals goes by content
  record Typed(
      List<Point> points,
      Map<LocalDate, List<Long>> byDate,
      Map<Point, String> byPoint,
      Map<Operation, Double> byOperation,
      Map<Integer, Object> any,
      Set<Float> floats,
      Optional<Duration> pause,
      Optional<String> nothing,
      byte[][] bytes,
      Object value,
      Number number,
      Collection<? extends Number> numbers,
      SortedMap<String, Operation> sorted,
      EnumMap<TimeUnit, Short> units,
      BigDecimal price,
      char letter,
      Double none) {
    Object[] parts() {
      return new Object[] {
        points,
        byDate,
        byPoint,
        byOperation,
        any,
        floats,
        pause,
        nothing,
        bytes,
        value,
        number,
        numbers,
        sorted,
        units,
        price,
        letter,
        none
      };
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Typed typed && Arrays.deepEquals(parts(), typed.parts());
    }

    @Override
    public int hashCode() {
      return points.hashCode();
    }
  }

  private static Typed typed() {
    Map<Integer, Object> any = new TreeMap<>();
    any.put(-1, LocalDate.of(2024, 2, 29));
    any.put(2, List.of(1, 2.0, "x", 3L, new int[0].length, Map.of("k", true)));
    return new Typed(
        List.of(new Point(1, 2)),
        Map.of(LocalDate.of(2024, 2, 29), List.of(1L, Long.MIN_VALUE)),
        Map.of(new Point(1, 2), "a"),
        Map.of(Operation.PLUS, Double.NaN),
        any,
        Set.of(1.5f),
        Optional.of(Duration.ofSeconds(90)),
        Optional.empty(),
        new byte[][] {{1, 2}, {}},
        new TreeSet<>(List.of("b", "a")),
        7L,
        List.of(1, 2L),
        new TreeMap<>(Map.of("z", Operation.TIMES)),
        new EnumMap<>(Map.of(TimeUnit.DAYS, (short) 1)),
        new BigDecimal("1.20"),
        'ß',
        null);
  }

  @Test
  void text_isWhatAPersonWouldWrite() {
    String expected =
        """
        {"@class":"PACKAGE.JsonCodecTest$Typed",\
        "points":[{"@class":"PACKAGE.SampleClasses$Point","x":1,"y":2}],\
        "byDate":{"2024-02-29":[1,-9223372036854775808]},\
        "byPoint":[[{"@class":"PACKAGE.SampleClasses$Point","x":1,"y":2},"a"]],\
        "byOperation":{"PLUS":"NaN"},\
        "any":{"@class":"java.util.TreeMap","@value":\
        {"-1":{"@class":"java.time.LocalDate","@value":"2024-02-29"},\
        "2":[1,2.0,"x",{"@class":"java.lang.Long","@value":3},0,{"k":true}]}},\
        "floats":[1.5],\
        "pause":["PT1M30S"],\
        "nothing":[],\
        "bytes":["AQI=",""],\
        "value":{"@class":"java.util.TreeSet","@value":["a","b"]},\
        "number":{"@class":"java.lang.Long","@value":7},\
        "numbers":[1,{"@class":"java.lang.Long","@value":2}],\
        "sorted":{"z":"TIMES"},\
        "units":{"@class":"java.util.EnumMap","@value":\
        {"java.util.concurrent.TimeUnit":{"DAYS":1}}},\
        "price":"1.20",\
        "letter":"ß",\
        "none":null}\
        """;
    assertEquals(expected.replace("PACKAGE", getClass().getPackageName()), text(typed()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "text | \"text\"",
        "int | -300",
        "double | 0.5",
        "large double | 1.0E100",
        "boolean | true",
        "long | {\"@class\":\"java.lang.Long\",\"@value\":1}",
        "NaN | {\"@class\":\"java.lang.Double\",\"@value\":\"NaN\"}",
        "half | \"\\uD800\"",
        "doubles | {\"@class\":\"double[]\",\"@value\":[0.5,\"-Infinity\"]}",
        "list | [1,[\"a\",null]]",
        "map | {\"a\":{\"b\":1}}",
        "tricky map | {\"@class\":\"java.util.LinkedHashMap\",\"@value\":[[\"@class\",1]]}",
        "numbered map | {\"@class\":\"java.util.LinkedHashMap\",\"@value\":[[1,2]]}",
        "date | {\"@class\":\"java.time.LocalDate\",\"@value\":\"2024-02-29\"}",
        "optional | {\"@class\":\"java.util.Optional\",\"@value\":[1]}"
      })
  void bytes_neverChange(String name, String expected) {
    Object value =
        switch (name) {
          case "text" -> "text";
          case "int" -> -300;
          case "double" -> 0.5;
          case "large double" -> 1e100;
          case "boolean" -> true;
          case "long" -> 1L;
          case "NaN" -> Double.NaN;
          case "half" -> "\uD800";
          case "doubles" -> new double[] {0.5, Double.NEGATIVE_INFINITY};
          case "list" -> new ArrayList<>(List.of(1, new ArrayList<>(Arrays.asList("a", null))));
          case "map" -> linked("a", linked("b", 1));
          case "tricky map" -> linked("@class", 1);
          case "numbered map" -> linked(1, 2);
          case "date" -> LocalDate.of(2024, 2, 29);
          case "optional" -> Optional.of(1);
          default -> throw new IllegalArgumentException(name);
        };
    assertEquals(1, codec().version());
    assertEquals(expected, text(value));
    Same.assertSame(name, value, decode(expected));
  }

  private static Map<Object, Object> linked(Object key, Object value) {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  /** A generic list may hold what its declaration denies; it comes back all the same. */
  @Test
  void valuesOfOtherClassesThanDeclared_comeBack() {
    List<Object> polluted = new ArrayList<>(List.of("text", 1, 2L, true, 'c', Operation.PLUS));
    @SuppressWarnings("unchecked")
    Map<LocalDate, List<Long>> byDate = (Map<LocalDate, List<Long>>) (Object) linked("x", polluted);
    Typed t = typed();
    Typed value =
        new Typed(
            t.points,
            byDate,
            t.byPoint,
            t.byOperation,
            t.any,
            t.floats,
            t.pause,
            t.nothing,
            t.bytes,
            t.value,
            t.number,
            t.numbers,
            t.sorted,
            t.units,
            t.price,
            t.letter,
            t.none);
    assertEquals(value, roundTrip(codec(), value));
  }

  @Test
  void encode_whatHoldsItself_isRefusedByName() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertTrue(refusalOf(list).contains("class java.util.ArrayList: it holds itself"));
    Node node = new Node("n");
    node.next = node;
    String message = refusalOf(node);
    assertTrue(message.contains("Node: it holds itself"), message);
    assertTrue(message.contains("held by field next"), message);
  }

  @Test
  void sharedObject_comesBackAsSeveral() {
    List<Integer> shared = new ArrayList<>(List.of(1));
    Object value = new ArrayList<>(List.of(shared, shared));
    assertEquals(value, roundTrip(codec(), value));
  }

  @Test
  void encode_sharedObjectsWithoutEnd_areRefusedInTime() {
    List<Object> shared = new ArrayList<>(List.of("x"));
    for (int i = 0; i < 60; i++) {
      shared = new ArrayList<>(List.of(shared, shared));
    }
    Object root = shared;
    String message = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> refusalOf(root));
    assertTrue(message.contains("places"), message);
  }

  @Test
  void encode_resourceLambdaOrHugeNumber_isRefused() {
    Supplier<String> lambda = (Supplier<String> & Serializable) () -> "x";
    assertTrue(refusalOf(lambda).contains("lambda"));
    assertTrue(refusalOf(ClassLoader.getSystemClassLoader()).contains("ClassLoader"));
    String message = refusalOf(BigInteger.TWO.pow(100_000));
    assertTrue(message.contains("100001 bits") && message.contains("kryo"), message);
  }

  @Test
  void encode_deeperThanPossible_isRefused() {
    assertTrue(refusalOf(Samples.deep(20_000)).contains("10000 levels"));
  }

  @Test
  void classThatIsNotAllowed_isRefusedBothWaysByTheSetting() {
    Codec strict = Codecs.named("json", options(Object.class));
    ArchiveException e = assertThrows(ArchiveException.class, () -> strict.encode(new Point(1, 2)));
    assertTrue(e.getMessage().contains("allow(\"io.klepto.archive.codec.SampleClasses$Point\")"));
    byte[] bytes = codec().encode(List.of(new Point(1, 2)));
    e = assertThrows(ArchiveException.class, () -> strict.decode(1, bytes, 0, bytes.length));
    assertTrue(e.getMessage().contains("allow(\"io.klepto.archive.codec.SampleClasses$Point\")"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "1 2",
        "[1",
        "[1}",
        "{\"a\":1",
        "{\"@class\":1}",
        "{\"@class\":\"java.lang.Long\"}",
        "{\"@class\":\"java.lang.Long\",\"@value\":1,\"more\":2}",
        "{\"@class\":\"java.lang.Long\",\"@value\":1.5}",
        "{\"@class\":\"java.lang.Long\",\"@value\":\"1\"}",
        "{\"@class\":\"java.lang.Double\",\"@value\":\"1\"}",
        "{\"@class\":\"java.util.TreeSet\",\"@value\":[1,\"a\"]}",
        "{\"@class\":\"java.util.concurrent.ConcurrentHashMap\",\"@value\":{\"a\":null}}",
        "{\"@class\":\"java.util.Optional\",\"@value\":[null]}",
        "{\"@class\":\"java.util.Optional\",\"@value\":[1,2]}",
        "{\"@class\":\"java.util.EnumSet\",\"@value\":{\"java.lang.String\":[]}}",
        "{\"@class\":\"java.util.EnumMap\",\"@value\":{\"java.util.concurrent.TimeUnit\":{\"X\":1}}}",
        "{\"@class\":\"java.util.concurrent.TimeUnit\",\"@value\":\"PARSECS\"}",
        "{\"@class\":\"java.util.PriorityQueue\",\"size\":1}",
        "{\"@class\":\"java.lang.Thread\",\"name\":\"x\"}",
        "{\"@class\":\"java.lang.Object[]\",\"@value\":1}",
        "{\"@class\":\"void[]\",\"@value\":[]}",
        "{\"@class\":\"int[]\",\"@value\":[null]}",
        "{\"@class\":\"int[]\",\"@value\":[1,\"x\"]}",
        "{\"@class\":\"java.util.LinkedHashMap\",\"@value\":[[1]]}",
        "{\"@class\":\"java.util.LinkedHashMap\",\"@value\":[[1,2,3]]}",
        "{\"@class\":\"java.math.BigDecimal\",\"@value\":\"1E99999999999\"}",
        "{\"@class\":\"io.klepto.archive.codec.SampleClasses$Operation\",\"x\":1}",
        "{\"@class\":\"io.klepto.archive.codec.SampleClasses$Secret\",\"text\":\"x\"}",
        "{\"@class\":\"io.klepto.archive.codec.SampleClasses$Gone\",\"text\":\"x\"}",
        "99999999999",
        "1e400000000000000000000",
        "\"\uFFFF",
        "'x'",
        "NaN"
      })
  void decode_whatNoValueIsWrittenAs_isRefused(String text) {
    assertTrue(refusal(text).length() > 10);
  }

  @Test
  void decode_badUtf8_isRefused() {
    byte[] bytes = {'"', (byte) 0xC0, (byte) 0x80, '"'};
    assertThrows(ArchiveException.class, () -> codec().decode(1, bytes, 0, bytes.length));
    byte[] utf16 = "\"text\"".getBytes(java.nio.charset.StandardCharsets.UTF_16);
    assertThrows(ArchiveException.class, () -> codec().decode(1, utf16, 0, utf16.length));
  }

  @Test
  void decode_aFieldOfAnotherType_namesTheField() {
    String point = "{\"@class\":\"io.klepto.archive.codec.SampleClasses$Point\",\"x\":%s,\"y\":2}";
    assertEquals(new Point(1, 2), decode(point.formatted("1")));
    for (String other : List.of("\"a\"", "1.5", "true", "null", "[]", "{}", "3000000000")) {
      String message = refusal(point.formatted(other));
      assertTrue(message.contains("field x of io.klepto"), message);
    }
  }

  @Test
  void decode_namesThatTheClassLacks_areSkipped_alsoWithClassesThatAreGone() {
    assertEquals(
        new Point(1, 0),
        decode(
            "{\"@class\":\"io.klepto.archive.codec.SampleClasses$Point\","
                + "\"gone\":{\"@class\":\"evil.Gone\",\"a\":[[{}]]},\"x\":1}"));
  }

  @Test
  void decode_setsWhoseHashCostsTooMuch_areRefusedInTime() {
    StringBuilder text = new StringBuilder();
    String open = "{\"@class\":\"java.util.LinkedHashSet\",\"@value\":[";
    text.append(open.repeat(9_000)).append("0");
    for (int i = 1; i < 100_000; i++) {
      text.append(',').append(i);
    }
    text.append("]}".repeat(9_000));
    String message =
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> refusal(text.toString()));
    assertTrue(message.contains("hashing"), message);
  }

  @Test
  void encode_classWithAProtocol_isRefused() {
    assertTrue(refusalOf(new ArrayList<>(List.of(new Secret("s")))).contains("Secret"));
  }

  @Test
  void shadowedFields_areToldApart() {
    String text = text(new Derived("d"));
    String owner = "io.klepto.archive.codec.SampleClasses$";
    assertTrue(text.contains("\"" + owner + "Base.shadowed\":1"), text);
    assertTrue(text.contains("\"" + owner + "Derived.shadowed\":2"), text);
    String message = refusal("{\"@class\":\"" + owner + "Derived\",\"shadowed\":1}");
    assertTrue(message.contains("field shadowed of " + owner + "Derived could be"), message);
  }

  @Test
  void setsAndMapsInSets_comeBack() {
    Set<Object> set = new HashSet<>(Set.of(new HashMap<>(Map.of(1, 2)), Set.of("x"), List.of()));
    assertEquals(set, roundTrip(codec(), set));
  }
}
