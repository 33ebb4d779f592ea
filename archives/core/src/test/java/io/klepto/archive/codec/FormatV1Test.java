package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.archive.codec.SampleClasses.Operation;
import io.klepto.archive.codec.SampleClasses.Point;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records that were written once must be readable for ever: bytes and numbers as they were. */
final class FormatV1Test {
  private static final HexFormat HEX = HexFormat.of();

  private static Object value(String name) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("x", new double[] {1.5});
    map.put("y", null);
    return switch (name) {
      case "string" -> "aß";
      case "wide" -> "日本";
      case "integer" -> -300;
      case "long" -> 1L << 40;
      case "double" -> 0.5;
      case "boolean" -> true;
      case "list" -> new ArrayList<>(List.of(1, "b"));
      case "map" -> map;
      case "record" -> new Point(1, -1);
      case "enum" -> Operation.TIMES;
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "kryo, string, 0100010461df",
    "kryo, wide, 01000105e5652c67",
    "kryo, integer, 010006d704",
    "kryo, long, 010007808080808040",
    "kryo, double, 010009000000000000e03f",
    "kryo, list, 01003301020602010262",
    "kryo, map, 0100540104010278300101000000000000f83f01027900",
    "kryo, record,"
        + " 370156696f2e6b6c6570746f2e617263686976652e636f6465632e53616d706c65436c617373657324506f696e74010200027849000279498001010201",
    "kryo, enum,"
        + " 32015e696f2e6b6c6570746f2e617263686976652e636f6465632e53616d706c65436c6173736573244f7065726174696f6e0280010a54494d4553"
  })
  void bytes_neverChange(String codecName, String name, String hex) {
    Codec codec = Codecs.named(codecName, CodecContract.options(FormatV1Test.class));
    byte[] golden = HEX.parseHex(hex);
    assertEquals(1, codec.version());
    assertEquals(hex, HEX.formatHex(codec.encode(value(name))));
    Object decoded = codec.decode(1, golden, 0, golden.length);
    assertArrayEquals(golden, codec.encode(decoded));
    assertEquals(value(name).getClass(), decoded.getClass());
  }

  @ParameterizedTest
  @CsvSource({
    "string, 0161c39f",
    "integer, 04fffffed4",
    "long, 050000010000000000",
    "double, 073fe0000000000000",
    "boolean, 0801"
  })
  void rawBytes_areReadForEver(String name, String hex) {
    byte[] golden = HEX.parseHex(hex);
    assertEquals(value(name), new RawCodec().decode(1, golden, 0, golden.length));
  }

  @Test
  void wellKnownNumbers_neverChange() {
    String classes =
        String.join(
            "\n",
            IntStream.rangeClosed(1, 98)
                .mapToObj(number -> number + " " + WellKnown.of(number).getType().getName())
                .toList());
    assertEquals(
        """
        1 java.lang.String
        2 java.lang.Boolean
        3 java.lang.Byte
        4 java.lang.Short
        5 java.lang.Character
        6 java.lang.Integer
        7 java.lang.Long
        8 java.lang.Float
        9 java.lang.Double
        10 java.math.BigInteger
        11 java.math.BigDecimal
        12 java.util.UUID
        13 java.net.URI
        14 java.util.Locale
        15 java.util.Currency
        16 java.lang.Class
        17 java.util.OptionalInt
        18 java.util.OptionalLong
        19 java.util.OptionalDouble
        20 java.time.Duration
        21 java.time.Instant
        22 java.time.LocalDate
        23 java.time.LocalTime
        24 java.time.LocalDateTime
        25 java.time.ZoneOffset
        26 java.time.ZoneRegion
        27 java.time.ZonedDateTime
        28 java.time.OffsetDateTime
        29 java.time.OffsetTime
        30 java.time.Period
        31 java.time.Year
        32 java.time.YearMonth
        33 java.time.MonthDay
        34 java.util.Date
        35 java.util.regex.Pattern
        36 java.util.BitSet
        37 java.util.concurrent.atomic.AtomicBoolean
        38 java.util.concurrent.atomic.AtomicInteger
        39 java.util.concurrent.atomic.AtomicLong
        40 java.lang.StringBuilder
        41 [Z
        42 [B
        43 [S
        44 [C
        45 [I
        46 [J
        47 [F
        48 [D
        49 [Ljava.lang.Object;
        50 [Ljava.lang.String;
        51 java.util.ArrayList
        52 java.util.LinkedList
        53 java.util.ArrayDeque
        54 java.util.concurrent.CopyOnWriteArrayList
        55 java.util.ImmutableCollections$ListN
        56 java.util.Arrays$ArrayList
        57 java.util.Collections$EmptyList
        58 java.util.Collections$SingletonList
        59 java.util.Collections$UnmodifiableRandomAccessList
        60 java.util.Collections$SynchronizedRandomAccessList
        61 java.util.Collections$UnmodifiableCollection
        62 java.util.Collections$SynchronizedCollection
        63 java.util.ArrayList$SubList
        64 java.util.Optional
        65 java.util.concurrent.atomic.AtomicReference
        66 java.util.KeyValueHolder
        67 java.util.AbstractMap$SimpleEntry
        68 java.util.AbstractMap$SimpleImmutableEntry
        69 java.util.HashSet
        70 java.util.LinkedHashSet
        71 java.util.TreeSet
        72 java.util.concurrent.ConcurrentSkipListSet
        73 java.util.ImmutableCollections$SetN
        74 java.util.Collections$EmptySet
        75 java.util.Collections$SingletonSet
        76 java.util.Collections$UnmodifiableSet
        77 java.util.Collections$SynchronizedSet
        78 java.util.Collections$UnmodifiableSortedSet
        79 java.util.Collections$UnmodifiableNavigableSet
        80 java.util.Collections$SynchronizedSortedSet
        81 java.util.Collections$SynchronizedNavigableSet
        82 java.util.RegularEnumSet
        83 java.util.HashMap
        84 java.util.LinkedHashMap
        85 java.util.concurrent.ConcurrentHashMap
        86 java.util.TreeMap
        87 java.util.concurrent.ConcurrentSkipListMap
        88 java.util.ImmutableCollections$MapN
        89 java.util.Collections$EmptyMap
        90 java.util.Collections$SingletonMap
        91 java.util.Collections$UnmodifiableMap
        92 java.util.Collections$SynchronizedMap
        93 java.util.Collections$UnmodifiableSortedMap
        94 java.util.Collections$UnmodifiableNavigableMap
        95 java.util.Collections$SynchronizedSortedMap
        96 java.util.Collections$SynchronizedNavigableMap
        97 java.util.EnumMap
        98 java.nio.HeapByteBuffer\
        """,
        classes);
  }
}
