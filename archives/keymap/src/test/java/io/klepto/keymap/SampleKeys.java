package io.klepto.keymap;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Keys of every kind, each with a name: no two are equal. */
final class SampleKeys {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 29);
  private static final LocalTime TIME = LocalTime.of(13, 59, 58, 123_456_789);
  private static final ZoneOffset OFFSET = ZoneOffset.ofHoursMinutes(5, 30);

  record Point(int x, int y) {}

  record Named(String name, Point point, List<Object> items) {}

  static class Base {
    private final int x;
    protected final transient int forgotten;
    static int counted = 7;

    Base(int x) {
      this.x = x;
      this.forgotten = 31 * x;
    }

    @Override
    public String toString() {
      return "base " + x;
    }
  }

  /** Declares its fields out of order, one of them hiding the inherited one. */
  static final class Derived extends Base {
    private final String z;
    private final long x;
    private final Object a;

    Derived(String z, long x, Object a) {
      super(5);
      this.z = z;
      this.x = x;
      this.a = a;
    }

    @Override
    public String toString() {
      return super.toString() + z + x + a;
    }
  }

  /** A constant with a body has a class of its own. */
  enum Operator {
    PLUS {
      @Override
      int apply(int a, int b) {
        return a + b;
      }
    },
    MINUS {
      @Override
      int apply(int a, int b) {
        return a - b;
      }
    };

    abstract int apply(int a, int b);
  }

  private SampleKeys() {}

  /** Prints the name and the bytes of each key. */
  public static void main(String[] args) {
    lines().forEach(System.out::println);
  }

  /** Returns a line for each key: name, equals sign, bytes in hexadecimal. */
  static List<String> lines() {
    return all().entrySet().stream()
        .map(entry -> entry.getKey() + " = " + hex(entry.getValue()))
        .toList();
  }

  static String hex(Object key) {
    return HexFormat.of().formatHex(CanonicalEncoder.standard().encode(key).bytes());
  }

  static Map<String, Object> all() {
    Map<String, Object> keys = new LinkedHashMap<>(scalars());
    keys.putAll(composites());
    return keys;
  }

  /** Returns the keys that can be read back from their bytes. */
  @SuppressWarnings("JavaUtilDate") // A key of others.
  static Map<String, Object> scalars() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("key bytes", KeyBytes.of(new byte[] {1, -1}));
    keys.put("true", true);
    keys.put("false", false);
    keys.put("byte -1", (byte) -1);
    keys.put("byte a", (byte) 'a');
    keys.put("short -2", (short) -2);
    keys.put("char a", 'a');
    keys.put("char unpaired surrogate", '\ud83d');
    keys.put("int 1", 1);
    keys.put("int -1", -1);
    keys.put("int -2", -2);
    keys.put("int min", Integer.MIN_VALUE);
    keys.put("long 1", 1L);
    keys.put("long -1", -1L);
    keys.put("long max", Long.MAX_VALUE);
    keys.put("float 1", 1.0f);
    keys.put("float NaN", Float.NaN);
    keys.put("double 1", 1.0);
    keys.put("double 0", 0.0);
    keys.put("double -0", -0.0);
    keys.put("double NaN", Double.NaN);
    keys.put("double infinity", Double.POSITIVE_INFINITY);
    keys.put("BigInteger 0", BigInteger.ZERO);
    keys.put("BigInteger 1", BigInteger.ONE);
    keys.put("BigInteger 2^70", BigInteger.TWO.pow(70));
    keys.put("BigDecimal 1.0", new BigDecimal("1.0"));
    keys.put("BigDecimal 1.00", new BigDecimal("1.00"));
    keys.put("String empty", "");
    keys.put("String 1", "1");
    keys.put("String a", "a");
    keys.put("String A", "A");
    keys.put("String Turkish i", "I\u0130\u0131i");
    keys.put("String a-b", "a-b");
    keys.put("String a_b", "a_b");
    keys.put("String ../x", "../x");
    keys.put("String NUL", "\0");
    keys.put("String e acute", "\u00e9");
    keys.put("String e combining acute", "e\u0301");
    keys.put("String emoji", "\ud83d\ude00");
    keys.put("String high surrogate", "a\ud83d");
    keys.put("String low surrogate", "a\ude00");
    keys.put("String surrogates swapped", "\ude00\ud83d");
    keys.put("String question mark", "a?");
    keys.put("String replacement", "a\ufffd");
    keys.put("String 200", "k".repeat(200));
    keys.put("UUID", new UUID(0x0123456789abcdefL, -2));
    keys.put("Currency", Currency.getInstance("EUR"));
    keys.put("Date", new Date(1_774_792_798_123L));
    keys.put("Duration", Duration.ofSeconds(-5, 1));
    keys.put("Instant", Instant.parse("2026-03-29T13:59:58.123456789Z"));
    keys.put("LocalDate", DATE);
    keys.put("LocalTime", TIME);
    keys.put("LocalDateTime", LocalDateTime.of(DATE, TIME));
    keys.put("ZoneOffset", OFFSET);
    keys.put("ZoneId", ZoneId.of("Europe/Berlin"));
    keys.put("ZoneId UTC", ZoneId.of("UTC"));
    keys.put("OffsetTime", OffsetTime.of(TIME, OFFSET));
    keys.put("OffsetDateTime", OffsetDateTime.of(DATE, TIME, OFFSET));
    keys.put("ZonedDateTime", ZonedDateTime.of(DATE, TIME, ZoneId.of("Europe/Berlin")));
    keys.put("ZonedDateTime offset", ZonedDateTime.of(DATE, TIME, OFFSET));
    keys.put("Year", Year.of(2026));
    keys.put("YearMonth", YearMonth.of(2026, 3));
    keys.put("MonthDay", MonthDay.of(3, 29));
    keys.put("Period", Period.of(1, -2, 3));
    keys.put("OptionalInt", OptionalInt.of(1));
    keys.put("OptionalLong", OptionalLong.empty());
    keys.put("OptionalDouble", OptionalDouble.of(1));
    keys.put("boolean[]", new boolean[] {true, false});
    keys.put("byte[]", new byte[] {1, -1});
    keys.put("byte[] empty", new byte[0]);
    keys.put("short[]", new short[] {1, -1});
    keys.put("char[]", new char[] {'a', '\ude00'});
    keys.put("int[]", new int[] {1, -1});
    keys.put("long[]", new long[] {1, -1});
    keys.put("float[]", new float[] {1, Float.NaN});
    keys.put("double[]", new double[] {1, Double.NaN});
    return keys;
  }

  private static Map<String, Object> composites() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("URI", URI.create("HTTP://user@Example.ORG:80/a%c3%a9?q=%2f#F"));
    keys.put("URI opaque", URI.create("mailto:a@b"));
    keys.put("Locale", Locale.forLanguageTag("de-Latn-DE-1996-u-co-phonebk"));
    keys.put("Locale he", Locale.forLanguageTag("he"));
    keys.put("BitSet", BitSet.valueOf(new long[] {5, 1}));
    keys.put("Pattern", Pattern.compile("a+", Pattern.CASE_INSENSITIVE));
    keys.put("Class", String.class);
    keys.put("Class int", int.class);
    keys.put("Class String[]", String[].class);
    keys.put("enum", TimeUnit.SECONDS);
    keys.put("enum DayOfWeek", DayOfWeek.MONDAY);
    keys.put("enum with body", Operator.MINUS);
    keys.put("List empty", List.of());
    keys.put("List 1", List.of(1));
    keys.put("List List 1", List.of(List.of(1)));
    keys.put("List null", Arrays.asList((Object) null));
    keys.put("List nested", List.of(List.of("a"), "b", List.of()));
    keys.put("Set empty", Set.of());
    keys.put("Set", Set.of("a", "b", 1, 1L, 256, -1));
    keys.put("Map empty", Map.of());
    keys.put("Map", Map.of("b", 1, "a", List.of(2), 3, "c"));
    keys.put("Map.Entry", Map.entry("a", 1));
    keys.put("Optional", Optional.of("a"));
    keys.put("Optional empty", Optional.empty());
    keys.put("Object[] 1", new Object[] {1});
    keys.put("Object[] nested", new int[][] {{1}, {}});
    keys.put("record", new Point(1, -1));
    keys.put("record swapped", new Point(-1, 1));
    keys.put("record nested", new Named("n", null, List.of(new Point(0, 0))));
    keys.put("class", new Derived("z", 1, Operator.PLUS));
    return keys;
  }
}
