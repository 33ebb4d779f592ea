package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import io.klepto.keymap.KeyBytes;
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
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A class of the JDK, or of keys, whose values are one JSON token: a number, or a text that gives
 * the value back.
 *
 * <p>Immutable.
 *
 * @param type the class
 * @param name what stands for the class in a record
 * @param isNumber whether its token is a number; a text where JSON has no number for it
 * @param text gives the text of a value
 * @param parse gives the value of a text, or throws any {@code RuntimeException}
 */
record JsonScalar(
    Class<?> type,
    String name,
    boolean isNumber,
    Function<Object, String> text,
    Function<String, Object> parse) {
  /** The digits that a number may have: more would take longer to read than in proportion. */
  private static final int MAX_DIGITS = 10_000;

  private static final Map<Class<?>, JsonScalar> BY_CLASS = new HashMap<>();
  private static final Map<String, JsonScalar> BY_NAME = new HashMap<>();

  static {
    text(String.class, text -> text);
    number(Byte.class, Byte::valueOf);
    number(Short.class, Short::valueOf);
    number(Integer.class, Integer::valueOf);
    number(Long.class, Long::valueOf);
    number(Float.class, JsonScalar::parseFloat);
    number(Double.class, JsonScalar::parseDouble);
    text(Character.class, JsonScalar::parseChar);
    text(
        BigInteger.class,
        number -> checkSize(number, number).toString(),
        text -> new BigInteger(checkDigits(text)));
    text(
        BigDecimal.class,
        number -> checkSize(number, number.unscaledValue()).toString(),
        text -> new BigDecimal(checkDigits(text)));
    text(UUID.class, UUID::fromString);
    text(URI.class, URI::create);
    text(Locale.class, Locale::toLanguageTag, Locale::forLanguageTag);
    text(Currency.class, Currency::getInstance);
    text(Duration.class, Duration::parse);
    text(Instant.class, Instant::parse);
    text(LocalDate.class, LocalDate::parse);
    text(LocalTime.class, LocalTime::parse);
    text(LocalDateTime.class, LocalDateTime::parse);
    text(ZonedDateTime.class, ZonedDateTime::parse);
    text(OffsetDateTime.class, OffsetDateTime::parse);
    text(OffsetTime.class, OffsetTime::parse);
    text(ZoneOffset.class, ZoneOffset::of);
    text(Period.class, Period::parse);
    number(Year.class, text -> Year.of(Integer.parseInt(text)));
    text(YearMonth.class, YearMonth::parse);
    text(MonthDay.class, MonthDay::parse);
    text(DayOfWeek.class, DayOfWeek::valueOf);
    text(Month.class, Month::valueOf);
    text(Date.class, date -> date.toInstant().toString(), text -> Date.from(Instant.parse(text)));
    text(byte[].class, Base64.getEncoder()::encodeToString, Base64.getDecoder()::decode);
    text(char[].class, String::new, String::toCharArray);
    add(
        ByteBuffer.class,
        false,
        buffer -> base64((ByteBuffer) buffer),
        text -> ByteBuffer.wrap(Base64.getDecoder().decode(text)));
    text(
        KeyBytes.class,
        key -> Base64.getEncoder().encodeToString(key.bytes()),
        text -> KeyBytes.of(Base64.getDecoder().decode(text)));
    add(ZoneId.class, false, Object::toString, ZoneId::of);
    // The classes of regions and of buffers are hidden.
    BY_CLASS.put(ZoneId.of("Europe/Paris").getClass(), BY_CLASS.get(ZoneId.class));
  }

  private static <T> void number(Class<T> type, Function<String, Object> parse) {
    add(type, true, Object::toString, parse);
  }

  private static <T> void text(Class<T> type, Function<String, Object> parse) {
    add(type, false, Object::toString, parse);
  }

  private static <T> void text(
      Class<T> type, Function<T, String> text, Function<String, Object> parse) {
    add(type, false, value -> text.apply(type.cast(value)), parse);
  }

  private static void add(
      Class<?> type,
      boolean isNumber,
      Function<Object, String> text,
      Function<String, Object> parse) {
    JsonScalar scalar = new JsonScalar(type, type.getTypeName(), isNumber, text, parse);
    BY_CLASS.put(type, scalar);
    BY_NAME.put(scalar.name(), scalar);
  }

  /** Returns the form of a class, or null if it has none here. */
  static JsonScalar of(Class<?> type) {
    JsonScalar scalar = BY_CLASS.get(type);
    return scalar == null && ByteBuffer.class.isAssignableFrom(type)
        ? BY_CLASS.get(ByteBuffer.class)
        : scalar;
  }

  /** Returns the form that a record names, or null if it has none here. */
  static JsonScalar named(String name) {
    return BY_NAME.get(name);
  }

  /** Returns the form that a declaration implies, or null if it is not of one such class. */
  static JsonScalar declared(Class<?> declared) {
    JsonScalar scalar = BY_CLASS.get(declared);
    return scalar != null && scalar.type == declared ? scalar : null;
  }

  /** Returns whether a token says all where nothing is declared: a text, an int, a double. */
  boolean isNatural(Object value) {
    return type == String.class
        || type == Integer.class
        || (type == Double.class && Double.isFinite((Double) value));
  }

  /**
   * Returns the text of a value, known to give it back.
   *
   * @throws UnarchivableException if it does not
   */
  String write(Object value) {
    String written = text.apply(value);
    if (isNumber || type == String.class || type.isArray()) {
      return written;
    }
    try {
      if (read(written).equals(value)) {
        return written;
      }
    } catch (ArchiveException e) {
      throw refusal(value, e);
    }
    throw refusal(value, null);
  }

  private static UnarchivableException refusal(Object value, ArchiveException cause) {
    return new UnarchivableException(
        "codec json can't encode an object of class "
            + value.getClass().getName()
            + ": its text would not give it back"
            + (cause == null ? "" : ", " + cause.getMessage())
            + "; choose ArchiveConfiguration.builder(...).codec(\"kryo\")",
        cause,
        false);
  }

  /**
   * Returns the value of a text.
   *
   * @throws ArchiveException if it has none
   */
  Object read(String written) {
    try {
      return parse.apply(written);
    } catch (ArchiveException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ArchiveException(
          "expected a value of "
              + type.getTypeName()
              + ", found "
              + Failures.shown(written)
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static Object parseDouble(String text) {
    Double number = Double.valueOf(text);
    if (number.isInfinite() && !text.endsWith("Infinity")) {
      throw new NumberFormatException("it is beyond the range");
    }
    return number;
  }

  private static Object parseFloat(String text) {
    Float number = Float.valueOf(text);
    // What a double has that a float lacks must not get lost.
    if (!number.toString().equals(text) && number.doubleValue() != Double.parseDouble(text)) {
      throw new NumberFormatException("it has more digits than a float holds");
    }
    return number;
  }

  private static Object parseChar(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(text.length() + " chars");
    }
    return text.charAt(0);
  }

  private static <T extends Number> T checkSize(T number, BigInteger digits) {
    if (digits.bitLength() > MAX_DIGITS * 3) {
      throw new UnarchivableException(
          "codec json can't encode a number of "
              + digits.bitLength()
              + " bits, expected at most "
              + MAX_DIGITS * 3
              + "; choose ArchiveConfiguration.builder(...).codec(\"kryo\")");
    }
    return number;
  }

  private static String checkDigits(String text) {
    if (text.length() > MAX_DIGITS) {
      throw new NumberFormatException(
          "expected at most " + MAX_DIGITS + " digits, found " + text.length());
    }
    return text;
  }

  private static String base64(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
