package io.klepto.keymap;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** Scalar types of {@code java.lang}, {@code java.math}, {@code java.net} and {@code java.util}. */
final class BasicScalars {
  static final List<ScalarType<?>> TYPES =
      List.of(
          ScalarType.natural(
              Boolean.class,
              CanonicalFormatV1.BOOLEAN,
              (out, value) -> out.putByte(value ? 1 : 0),
              ByteSource::readFlag),
          ScalarType.natural(
              Byte.class,
              CanonicalFormatV1.BYTE,
              (out, value) -> out.putByte(value),
              ByteSource::readByte),
          ScalarType.natural(
              Short.class,
              CanonicalFormatV1.SHORT,
              (out, value) -> out.putShort(value),
              ByteSource::readShort),
          ScalarType.natural(
              Character.class,
              CanonicalFormatV1.CHARACTER,
              (out, value) -> out.putShort(value),
              in -> (char) in.readShort()),
          ScalarType.natural(
              Integer.class, CanonicalFormatV1.INTEGER, ByteSink::putInt, ByteSource::readInt),
          ScalarType.natural(
              Long.class, CanonicalFormatV1.LONG, ByteSink::putLong, ByteSource::readLong),
          ScalarType.natural(
              Float.class,
              CanonicalFormatV1.FLOAT,
              (out, value) -> out.putInt(Float.floatToIntBits(value)),
              in -> Float.intBitsToFloat(in.readInt())),
          ScalarType.natural(
              Double.class,
              CanonicalFormatV1.DOUBLE,
              (out, value) -> out.putLong(Double.doubleToLongBits(value)),
              in -> Double.longBitsToDouble(in.readLong())),
          ScalarType.natural(
              BigInteger.class,
              CanonicalFormatV1.BIG_INTEGER,
              BasicScalars::putBigInteger,
              BasicScalars::readBigInteger),
          ScalarType.natural(
              BigDecimal.class,
              CanonicalFormatV1.BIG_DECIMAL,
              BasicScalars::putBigDecimal,
              BasicScalars::readBigDecimal),
          ScalarType.natural(
              KeyBytes.class,
              CanonicalFormatV1.KEY_BYTES,
              BasicScalars::putKeyBytes,
              in -> KeyBytes.owning(in.readBytes())),
          ScalarType.natural(
              UUID.class,
              CanonicalFormatV1.UUID,
              BasicScalars::putUuid,
              in -> new UUID(in.readLong(), in.readLong())),
          new ScalarType<>(URI.class, CanonicalFormatV1.URI, true, BasicScalars::putUri, null),
          new ScalarType<>(
              Locale.class, CanonicalFormatV1.LOCALE, true, BasicScalars::putLocale, null),
          ScalarType.natural(
              Currency.class,
              CanonicalFormatV1.CURRENCY,
              (out, value) -> out.putString(value.getCurrencyCode()),
              BasicScalars::readCurrency),
          ScalarType.mutable(
              Date.class, CanonicalFormatV1.DATE, BasicScalars::putDate, BasicScalars::readDate),
          new ScalarType<>(
              BitSet.class, CanonicalFormatV1.BIT_SET, false, BasicScalars::putBitSet, null),
          new ScalarType<>(
              Pattern.class, CanonicalFormatV1.PATTERN, false, BasicScalars::putPattern, null),
          ScalarType.natural(
              OptionalInt.class,
              CanonicalFormatV1.OPTIONAL_INT,
              BasicScalars::putOptionalInt,
              in -> in.readFlag() ? OptionalInt.of(in.readInt()) : OptionalInt.empty()),
          ScalarType.natural(
              OptionalLong.class,
              CanonicalFormatV1.OPTIONAL_LONG,
              BasicScalars::putOptionalLong,
              in -> in.readFlag() ? OptionalLong.of(in.readLong()) : OptionalLong.empty()),
          ScalarType.natural(
              OptionalDouble.class,
              CanonicalFormatV1.OPTIONAL_DOUBLE,
              BasicScalars::putOptionalDouble,
              BasicScalars::readOptionalDouble));

  private BasicScalars() {}

  private static void putBigInteger(ByteSink out, BigInteger value) {
    byte[] bytes = value.toByteArray();
    out.putCount(bytes.length);
    out.putBytes(bytes);
  }

  private static BigInteger readBigInteger(ByteSource in) {
    return new BigInteger(in.readBytes());
  }

  private static void putBigDecimal(ByteSink out, BigDecimal value) {
    out.putInt(value.scale());
    putBigInteger(out, value.unscaledValue());
  }

  private static BigDecimal readBigDecimal(ByteSource in) {
    int scale = in.readInt();
    return new BigDecimal(readBigInteger(in), scale);
  }

  private static void putUuid(ByteSink out, UUID value) {
    out.putLong(value.getMostSignificantBits());
    out.putLong(value.getLeastSignificantBits());
  }

  /** Writes what {@link URI#equals} compares, as it compares it. */
  private static void putUri(ByteSink out, URI uri) {
    boolean server = uri.getHost() != null;
    out.putNullable(lowerCase(uri.getScheme()));
    out.putNullable(server ? upperEscapes(uri.getRawUserInfo()) : null);
    out.putNullable(server ? lowerCase(uri.getHost()) : null);
    out.putInt(server ? uri.getPort() : -1);
    out.putNullable(server ? null : upperEscapes(uri.getRawAuthority()));
    out.putNullable(upperEscapes(uri.getRawPath()));
    out.putNullable(upperEscapes(uri.getRawQuery()));
    out.putNullable(upperEscapes(uri.getRawFragment()));
    out.putNullable(uri.isOpaque() ? upperEscapes(uri.getRawSchemeSpecificPart()) : null);
  }

  private static String lowerCase(String ascii) {
    return ascii == null ? null : ascii.toLowerCase(Locale.ROOT);
  }

  /** Puts the two digits after each percent sign in upper case. */
  private static String upperEscapes(String text) {
    if (text == null || text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder upper = new StringBuilder(text);
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      for (int digit = i + 1; digit <= Math.min(i + 2, text.length() - 1); digit++) {
        char c = text.charAt(digit);
        if (c >= 'a' && c <= 'f') {
          upper.setCharAt(digit, (char) (c - 'a' + 'A'));
        }
      }
    }
    return upper.toString();
  }

  /** Writes all that a locale is made of; its language tag would lose ill-formed variants. */
  private static void putLocale(ByteSink out, Locale locale) {
    out.putString(currentLanguage(locale.getLanguage()));
    out.putString(locale.getScript());
    out.putString(locale.getCountry());
    out.putString(locale.getVariant());
    TreeSet<Character> extensions = new TreeSet<>(locale.getExtensionKeys());
    out.putCount(extensions.size());
    for (char extension : extensions) {
      out.putShort(extension);
      out.putString(locale.getExtension(extension));
    }
  }

  /** Undoes what {@code -Djava.locale.useOldISOCodes=true} does to three languages. */
  private static String currentLanguage(String language) {
    return switch (language) {
      case "iw" -> "he";
      case "ji" -> "yi";
      case "in" -> "id";
      default -> language;
    };
  }

  private static Currency readCurrency(ByteSource in) {
    String code = in.readString();
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @SuppressWarnings("JavaUtilDate") // As a key of others, not for our own times.
  private static void putDate(ByteSink out, Date value) {
    out.putLong(value.getTime());
  }

  @SuppressWarnings("JavaUtilDate") // As above.
  private static Date readDate(ByteSource in) {
    return new Date(in.readLong());
  }

  private static void putBitSet(ByteSink out, BitSet value) {
    long[] words = value.toLongArray();
    out.putCount(words.length);
    for (long word : words) {
      out.putLong(word);
    }
  }

  private static void putPattern(ByteSink out, Pattern value) {
    out.putString(value.pattern());
    out.putInt(value.flags());
  }

  private static void putOptionalInt(ByteSink out, OptionalInt value) {
    out.putByte(value.isPresent() ? 1 : 0);
    value.ifPresent(out::putInt);
  }

  private static void putOptionalLong(ByteSink out, OptionalLong value) {
    out.putByte(value.isPresent() ? 1 : 0);
    value.ifPresent(out::putLong);
  }

  private static void putOptionalDouble(ByteSink out, OptionalDouble value) {
    out.putByte(value.isPresent() ? 1 : 0);
    value.ifPresent(number -> out.putLong(Double.doubleToLongBits(number)));
  }

  private static OptionalDouble readOptionalDouble(ByteSource in) {
    return in.readFlag()
        ? OptionalDouble.of(Double.longBitsToDouble(in.readLong()))
        : OptionalDouble.empty();
  }

  private static void putKeyBytes(ByteSink out, KeyBytes key) {
    out.putCount(key.length());
    out.putBytes(key.bytes());
  }
}
