package io.klepto.keymap;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The reader of the bytes of one key. Checks each claimed length against what is left before it
 * allocates; throws {@link BufferUnderflowException} where bytes are missing and {@link
 * IllegalArgumentException} where they are wrong. Not thread-safe.
 */
final class ByteSource {
  private final ByteBuffer bytes;

  ByteSource(KeyBytes key) {
    this.bytes = key.asReadOnlyBuffer();
  }

  byte readByte() {
    return bytes.get();
  }

  short readShort() {
    return bytes.getShort();
  }

  int readInt() {
    return bytes.getInt();
  }

  long readLong() {
    return bytes.getLong();
  }

  /** Reads a boolean that is one byte, 0 or 1. */
  boolean readFlag() {
    byte flag = bytes.get();
    if (flag != 0 && flag != 1) {
      throw new IllegalArgumentException("expected a flag of 0 or 1, found " + flag);
    }
    return flag == 1;
  }

  /** Reads a count of elements, and checks that so many of the given size may follow. */
  int readCount(int elementBytes) {
    long count = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte next = bytes.get();
      count |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return checked(count, elementBytes);
      }
    }
    throw new IllegalArgumentException("expected a count of at most 5 bytes, found more");
  }

  private int checked(long count, int elementBytes) {
    long claimed = count * elementBytes;
    if (claimed > bytes.remaining()) {
      throw new IllegalArgumentException(
          "a length claims " + claimed + " bytes, " + bytes.remaining() + " are left");
    }
    return (int) count;
  }

  byte[] readBytes() {
    byte[] read = new byte[readCount(1)];
    bytes.get(read);
    return read;
  }

  /** Skips so many bytes, and returns them for reading, big-endian. */
  ByteBuffer readSpace(int length) {
    ByteBuffer space = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return space;
  }

  /** Reads the payload of a string in UTF-8. What is no UTF-8 comes out as U+FFFD. */
  String readUtf8() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  /** Reads the payload of a string in UTF-16. */
  String readUtf16() {
    int length = readCount(Character.BYTES);
    return readSpace(length * Character.BYTES).asCharBuffer().toString();
  }

  /** Reads a string value, tag included. */
  String readString() {
    byte tag = bytes.get();
    return switch (tag) {
      case CanonicalFormatV1.STRING -> readUtf8();
      case CanonicalFormatV1.STRING_UTF16 -> readUtf16();
      default -> throw new IllegalArgumentException("expected a string, found tag " + tag);
    };
  }
}
