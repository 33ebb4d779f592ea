package io.klepto.archive.codec;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.ArchiveException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;

/**
 * Bytes, strings, numbers, booleans, characters, and rectangular arrays of them, as they are behind
 * one byte that names the type: the values that tools other than ours have a type for.
 *
 * <pre>
 * 0 byte[]      the bytes            7 Double      8 bytes, raw bits
 * 1 String      UTF-8                8 Boolean     1 byte, 0 or 1
 * 2 Byte        1 byte               9 Character   2 bytes
 * 3 Short       2 bytes             10 BigInteger  two's complement
 * 4 Integer     4 bytes             11 BigDecimal  scale in 4 bytes, unscaled two's complement
 * 5 Long        8 bytes             12 array       see RawArrays: any rank; byte[] is 0
 * 6 Float       4 bytes, raw bits   13 ByteBuffer  what remains in it
 * </pre>
 *
 * <p>Numbers are big-endian, elements of arrays little-endian. Version 1 knew 0 to 11, and is read.
 *
 * <p>Canonical: each value has one encoding, and bytes that are not the encoding of their value are
 * refused (version 1 was lax with two's complements longer than need be). Refused by name, with the
 * codec to take instead: ragged arrays, null inside arrays, strings with half a surrogate pair,
 * objects.
 *
 * <p>A decoded {@code ByteBuffer} is read-only and big-endian. From a buffer it is a view, and
 * arrays are copied straight out of it.
 *
 * <p>Stateless, so any number of threads may call at once.
 */
public final class RawCodec implements Codec {
  static final byte BYTES = 0;
  static final byte STRING = 1;
  static final byte BYTE = 2;
  static final byte SHORT = 3;
  static final byte INTEGER = 4;
  static final byte LONG = 5;
  static final byte FLOAT = 6;
  static final byte DOUBLE = 7;
  static final byte BOOLEAN = 8;
  static final byte CHARACTER = 9;
  static final byte BIG_INTEGER = 10;
  static final byte BIG_DECIMAL = 11;
  static final byte ARRAY = 12;
  static final byte BUFFER = 13;

  private static final int FIRST_VERSION = 1;
  private static final int VERSION = 2;

  /** Creates the codec; all are alike. */
  public RawCodec() {}

  @Override
  public int id() {
    return Codecs.RAW;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public String name() {
    return "raw";
  }

  /**
   * Returns the encoded value, or empty if this codec refuses it.
   *
   * @param value the value, not null
   */
  public Optional<byte[]> encodeIfRaw(Object value) {
    if (!isRaw(value)) {
      return Optional.empty();
    }
    try {
      return Optional.of(encode(value));
    } catch (ArchiveException e) {
      // Ragged, or not Unicode: rare, and seen only when all of the value has been looked at.
      return Optional.empty();
    }
  }

  private static boolean isRaw(Object value) {
    Class<?> type = value.getClass();
    Class<?> element = RawArrays.elementType(type);
    return element != null
        ? RawElements.of(element) != null
        : value instanceof String
            || value instanceof Boolean
            || value instanceof Character
            || value instanceof ByteBuffer
            || type == BigInteger.class
            || type == BigDecimal.class
            || isBoxedNumber(value);
  }

  private static boolean isBoxedNumber(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte;
  }

  @Override
  public byte[] encode(Object value) {
    requireNonNull(value, "value");
    if (value instanceof byte[] bytes) {
      return tagged(BYTES, bytes);
    } else if (value instanceof String string) {
      return tagged(STRING, RawText.encode(string));
    } else if (value instanceof Byte number) {
      return room(BYTE, 1).put(number).array();
    } else if (value instanceof Short number) {
      return room(SHORT, Short.BYTES).putShort(number).array();
    } else if (value instanceof Integer number) {
      return room(INTEGER, Integer.BYTES).putInt(number).array();
    } else if (value instanceof Long number) {
      return room(LONG, Long.BYTES).putLong(number).array();
    } else if (value instanceof Float number) {
      return room(FLOAT, Float.BYTES).putInt(Float.floatToRawIntBits(number)).array();
    } else if (value instanceof Double number) {
      return room(DOUBLE, Double.BYTES).putLong(Double.doubleToRawLongBits(number)).array();
    } else if (value instanceof Boolean flag) {
      return new byte[] {BOOLEAN, (byte) (flag ? 1 : 0)};
    } else if (value instanceof Character character) {
      return room(CHARACTER, Character.BYTES).putChar(character).array();
    }
    return encodeLarger(value);
  }

  private static byte[] encodeLarger(Object value) {
    if (value.getClass() == BigInteger.class) {
      return tagged(BIG_INTEGER, ((BigInteger) value).toByteArray());
    } else if (value.getClass() == BigDecimal.class) {
      BigDecimal number = (BigDecimal) value;
      byte[] unscaled = number.unscaledValue().toByteArray();
      return room(BIG_DECIMAL, Integer.BYTES + unscaled.length)
          .putInt(number.scale())
          .put(unscaled)
          .array();
    } else if (value instanceof ByteBuffer buffer) {
      return room(BUFFER, buffer.remaining()).put(buffer.duplicate()).array();
    } else if (isRaw(value)) {
      return RawArrays.encode(ARRAY, value);
    }
    throw new ArchiveException(
        "codec raw can't encode class "
            + value.getClass().getTypeName()
            + ", expected a byte[], String, number, Boolean, Character, ByteBuffer, or an array of"
            + " primitives or strings; choose ArchiveConfiguration.builder(...).codec(\"kryo\") for"
            + " objects");
  }

  private static byte[] tagged(byte tag, byte[] content) {
    return room(tag, content.length).put(content).array();
  }

  private static ByteBuffer room(byte tag, int length) {
    if (length >= Integer.MAX_VALUE - 8) {
      throw new ArchiveException(
          "codec raw: expected at most "
              + (Integer.MAX_VALUE - 9)
              + " bytes of content, found "
              + length
              + "; split the value");
    }
    return ByteBuffer.allocate(length + 1).put(tag);
  }

  @Override
  public Object decode(int version, byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    Object value = decode(version, ByteBuffer.wrap(bytes, offset, length));
    return value instanceof ByteBuffer view ? copy(view) : value;
  }

  private static ByteBuffer copy(ByteBuffer view) {
    return ByteBuffer.allocate(view.remaining()).put(view).flip().asReadOnlyBuffer();
  }

  @Override
  public Object decode(int version, ByteBuffer bytes) {
    if (version != FIRST_VERSION) {
      Versions.check(this, version);
    }
    if (!bytes.hasRemaining()) {
      throw new ArchiveException("codec raw: expected a type byte, found 0 bytes");
    }
    ByteBuffer content = bytes.slice().order(ByteOrder.BIG_ENDIAN);
    byte tag = content.get();
    int last = version == FIRST_VERSION ? BIG_DECIMAL : BUFFER;
    if (tag < 0 || tag > last) {
      throw new ArchiveException("codec raw: expected a type of 0 to " + last + ", found " + tag);
    }
    return decode(tag, content, version > FIRST_VERSION);
  }

  private static Object decode(byte tag, ByteBuffer content, boolean strict) {
    return switch (tag) {
      case BYTES -> rest(content);
      case STRING -> RawText.decode(content, "raw");
      case BYTE -> exactly(1, content).get();
      case SHORT -> exactly(Short.BYTES, content).getShort();
      case INTEGER -> exactly(Integer.BYTES, content).getInt();
      case LONG -> exactly(Long.BYTES, content).getLong();
      case FLOAT -> Float.intBitsToFloat(exactly(Float.BYTES, content).getInt());
      case DOUBLE -> Double.longBitsToDouble(exactly(Double.BYTES, content).getLong());
      case BOOLEAN -> flag(exactly(1, content).get());
      case CHARACTER -> exactly(Character.BYTES, content).getChar();
      case BIG_INTEGER -> bigInteger(content, strict);
      case BIG_DECIMAL -> {
        atLeast(Integer.BYTES + 1, content);
        int scale = content.getInt();
        yield new BigDecimal(bigInteger(content, strict), scale);
      }
      case ARRAY -> RawArrays.decode(content);
      default -> content.slice().asReadOnlyBuffer();
    };
  }

  /** Returns the boolean that a byte stands for, strictly. */
  static boolean flag(byte flag) {
    if (flag != 0 && flag != 1) {
      throw new ArchiveException("codec raw: expected a boolean of 0 or 1, found " + flag);
    }
    return flag == 1;
  }

  private static BigInteger bigInteger(ByteBuffer content, boolean strict) {
    atLeast(1, content);
    byte[] bytes = rest(content);
    if (strict && bytes.length > 1 && bytes[0] == bytes[1] >> 7) {
      throw new ArchiveException(
          "codec raw: expected the shortest two's complement, found one of "
              + bytes.length
              + " bytes with a first byte to spare");
    }
    try {
      return new BigInteger(bytes);
    } catch (ArithmeticException e) {
      throw new ArchiveException(
          "codec raw: a number of " + bytes.length + " bytes exceeds BigInteger's range", e);
    }
  }

  private static byte[] rest(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  private static ByteBuffer exactly(int length, ByteBuffer content) {
    if (content.remaining() != length) {
      throw new ArchiveException(
          "codec raw: expected " + length + " bytes of content, found " + content.remaining());
    }
    return content;
  }

  /** Checks that a buffer has what is read next. */
  static void atLeast(int length, ByteBuffer content) {
    if (content.remaining() < length) {
      throw new ArchiveException(
          "codec raw: expected at least "
              + length
              + " bytes of content, found "
              + content.remaining());
    }
  }
}
