package io.klepto.archive.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.ArchiveException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Objects;

/**
 * Byte arrays, strings, numbers, booleans and characters as they are, behind one byte that names
 * the type.
 *
 * <pre>
 * 0 byte[]      the bytes            5 Long        8 bytes
 * 1 String      UTF-8                6 Float       4 bytes, raw bits
 * 2 Byte        1 byte               7 Double      8 bytes, raw bits
 * 3 Short       2 bytes              8 Boolean     1 byte, 0 or 1
 * 4 Integer     4 bytes              9 Character   2 bytes
 * 10 BigInteger two's complement     11 BigDecimal scale in 4 bytes, unscaled two's complement
 * </pre>
 *
 * <p>Numbers are big-endian. Strict both ways: a string with half a surrogate pair is refused, and
 * so are malformed UTF-8, an unknown type and a length that does not fit its type.
 *
 * <p>Stateless, so any number of threads may call at once.
 */
final class RawCodec implements Codec {
  private static final int VERSION = 1;

  private static final byte BYTES = 0;
  private static final byte STRING = 1;
  private static final byte BYTE = 2;
  private static final byte SHORT = 3;
  private static final byte INTEGER = 4;
  private static final byte LONG = 5;
  private static final byte FLOAT = 6;
  private static final byte DOUBLE = 7;
  private static final byte BOOLEAN = 8;
  private static final byte CHARACTER = 9;
  private static final byte BIG_INTEGER = 10;
  private static final byte BIG_DECIMAL = 11;

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

  @Override
  public byte[] encode(Object value) {
    Objects.requireNonNull(value, "value");
    if (value instanceof byte[] bytes) {
      return tagged(BYTES, bytes);
    } else if (value instanceof String string) {
      return encodeString(string);
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
    } else if (value.getClass() == BigInteger.class) {
      return tagged(BIG_INTEGER, ((BigInteger) value).toByteArray());
    } else if (value.getClass() == BigDecimal.class) {
      BigDecimal number = (BigDecimal) value;
      byte[] unscaled = number.unscaledValue().toByteArray();
      return room(BIG_DECIMAL, Integer.BYTES + unscaled.length)
          .putInt(number.scale())
          .put(unscaled)
          .array();
    }
    throw new ArchiveException(
        "codec raw can't encode class "
            + value.getClass().getName()
            + ", expected byte[], String, a number, Boolean or Character; choose"
            + " ArchiveConfiguration.builder(...).codec(\"kryo\") for objects");
  }

  private static byte[] encodeString(String string) {
    try {
      ByteBuffer utf8 =
          UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(string));
      return room(STRING, utf8.remaining()).put(utf8).array();
    } catch (CharacterCodingException e) {
      throw new ArchiveException(
          "codec raw can't encode a string of "
              + string.length()
              + " chars as UTF-8: it holds half a surrogate pair; codec kryo could",
          e);
    }
  }

  private static byte[] tagged(byte tag, byte[] content) {
    return room(tag, content.length).put(content).array();
  }

  private static ByteBuffer room(byte tag, int length) {
    return ByteBuffer.allocate(Math.addExact(length, 1)).put(tag);
  }

  @Override
  public Object decode(int version, byte[] bytes, int offset, int length) {
    Versions.check(this, version);
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      throw new ArchiveException("codec raw: expected a type byte, found 0 bytes");
    }
    ByteBuffer content = ByteBuffer.wrap(bytes, offset + 1, length - 1);
    byte tag = bytes[offset];
    return switch (tag) {
      case BYTES -> Arrays.copyOfRange(bytes, offset + 1, offset + length);
      case STRING -> decodeString(content);
      case BYTE -> exactly(1, content).get();
      case SHORT -> exactly(Short.BYTES, content).getShort();
      case INTEGER -> exactly(Integer.BYTES, content).getInt();
      case LONG -> exactly(Long.BYTES, content).getLong();
      case FLOAT -> Float.intBitsToFloat(exactly(Float.BYTES, content).getInt());
      case DOUBLE -> Double.longBitsToDouble(exactly(Double.BYTES, content).getLong());
      case BOOLEAN -> decodeBoolean(exactly(1, content).get());
      case CHARACTER -> exactly(Character.BYTES, content).getChar();
      case BIG_INTEGER -> decodeBigInteger(content);
      case BIG_DECIMAL -> {
        atLeast(Integer.BYTES + 1, content);
        int scale = content.getInt();
        yield new BigDecimal(decodeBigInteger(content), scale);
      }
      default -> throw new ArchiveException("codec raw: expected a type of 0 to 11, found " + tag);
    };
  }

  private static String decodeString(ByteBuffer content) {
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(content)
          .toString();
    } catch (CharacterCodingException e) {
      throw new ArchiveException("codec raw: a string is not UTF-8: " + e.getMessage(), e);
    }
  }

  private static Boolean decodeBoolean(byte flag) {
    if (flag != 0 && flag != 1) {
      throw new ArchiveException("codec raw: expected a boolean of 0 or 1, found " + flag);
    }
    return flag == 1;
  }

  private static BigInteger decodeBigInteger(ByteBuffer content) {
    atLeast(1, content);
    return new BigInteger(
        content.array(), content.arrayOffset() + content.position(), content.remaining());
  }

  private static ByteBuffer exactly(int length, ByteBuffer content) {
    if (content.remaining() != length) {
      throw new ArchiveException(
          "codec raw: expected " + length + " bytes of content, found " + content.remaining());
    }
    return content;
  }

  private static void atLeast(int length, ByteBuffer content) {
    if (content.remaining() < length) {
      throw new ArchiveException(
          "codec raw: expected at least "
              + length
              + " bytes of content, found "
              + content.remaining());
    }
  }
}
