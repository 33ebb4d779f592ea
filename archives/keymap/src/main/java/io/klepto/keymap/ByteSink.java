package io.klepto.keymap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The growing array that takes the bytes of one key; {@link CanonicalFormatV1} draws the layout.
 * Refuses to grow beyond a limit. Not thread-safe.
 */
final class ByteSink {
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);
  private static final int FIRST_CAPACITY = 64;
  private static final int MAX_COUNT_BYTES = 5;

  private final int limit;
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** Creates a sink that refuses more than the given number of bytes. */
  ByteSink(int limit) {
    this.limit = limit;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }

  /** Returns the whole key that a string is, or null if not all of it is ASCII. */
  static byte[] keyOfAscii(String string) {
    int length = string.length();
    int head = 2 + countBytes(length);
    byte[] key = new byte[Math.addExact(head, length)];
    for (int i = 0; i < length; i++) {
      char c = string.charAt(i);
      if (c >= 0x80) {
        return null;
      }
      key[head + i] = (byte) c;
    }
    key[0] = CanonicalFormatV1.VERSION;
    key[1] = CanonicalFormatV1.STRING;
    setCount(key, 2, length);
    return key;
  }

  /** Returns the whole key that a long is. */
  static byte[] keyOf(long number) {
    byte[] key = new byte[2 + Long.BYTES];
    key[0] = CanonicalFormatV1.VERSION;
    key[1] = CanonicalFormatV1.LONG;
    LONGS.set(key, 2, number);
    return key;
  }

  /** Returns the whole key that an int is. */
  static byte[] keyOf(int number) {
    byte[] key = new byte[2 + Integer.BYTES];
    key[0] = CanonicalFormatV1.VERSION;
    key[1] = CanonicalFormatV1.INTEGER;
    INTS.set(key, 2, number);
    return key;
  }

  /** Returns how many bytes there are. */
  int size() {
    return size;
  }

  /** Returns a copy of the bytes. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void putShort(int value) {
    reserve(Short.BYTES);
    SHORTS.set(bytes, size, (short) value);
    size += Short.BYTES;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  void putCount(int count) {
    reserve(MAX_COUNT_BYTES);
    size = setCount(bytes, size, count);
  }

  void putBytes(byte[] source) {
    reserve(source.length);
    System.arraycopy(source, 0, bytes, size, source.length);
    size += source.length;
  }

  /** Appends so many zero bytes and returns them for writing, big-endian. */
  ByteBuffer putSpace(long length) {
    reserve(length);
    ByteBuffer space = ByteBuffer.wrap(bytes, size, (int) length);
    size += (int) length;
    return space;
  }

  /** Appends a string value, tag included. */
  void putString(String string) {
    int length = string.length();
    reserve(1L + MAX_COUNT_BYTES + length);
    byte[] target = bytes;
    int start = size;
    target[start] = CanonicalFormatV1.STRING;
    int at = setCount(target, start + 1, length);
    for (int i = 0; i < length; i++) {
      char c = string.charAt(i);
      if (c >= 0x80) {
        putNonAscii(string);
        return;
      }
      target[at++] = (byte) c;
    }
    size = at;
  }

  /** Appends a string value, or the value null. */
  void putNullable(String string) {
    if (string == null) {
      putByte(CanonicalFormatV1.NULL);
    } else {
      putString(string);
    }
  }

  private void putNonAscii(String string) {
    if (isWellFormed(string)) {
      byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
      putByte(CanonicalFormatV1.STRING);
      putCount(utf8.length);
      putBytes(utf8);
    } else {
      int length = string.length();
      putByte(CanonicalFormatV1.STRING_UTF16);
      putCount(length);
      putSpace((long) length * Character.BYTES).asCharBuffer().put(string);
    }
  }

  private static boolean isWellFormed(String string) {
    int length = string.length();
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(string.charAt(i))) {
        if (Character.charCount(string.codePointAt(i)) == 1) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /**
   * Sorts the values at the end of the sink by their unsigned bytes.
   *
   * @param start where the first value begins
   * @param ends where each value ends; the next begins there
   * @param count how many of {@code ends} are set
   */
  void sortValues(int start, int[] ends, int count) {
    byte[] unsorted = Arrays.copyOfRange(bytes, start, size);
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> compare(unsorted, start, ends, a, b));
    int at = start;
    for (int value : order) {
      int from = startOf(value, start, ends) - start;
      int length = ends[value] - start - from;
      System.arraycopy(unsorted, from, bytes, at, length);
      at += length;
    }
  }

  private static int compare(byte[] values, int start, int[] ends, int a, int b) {
    return Arrays.compareUnsigned(
        values,
        startOf(a, start, ends) - start,
        ends[a] - start,
        values,
        startOf(b, start, ends) - start,
        ends[b] - start);
  }

  private static int startOf(int value, int start, int[] ends) {
    return value == 0 ? start : ends[value - 1];
  }

  private void reserve(long more) {
    long needed = size + more;
    if (needed > bytes.length) {
      grow(needed);
    }
  }

  private void grow(long needed) {
    if (needed > limit) {
      throw new Refusal(
          String.format(
              Locale.ROOT,
              "expected at most %,d canonical bytes, found more; use a smaller key, such as a"
                  + " digest of this one",
              limit));
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, 2L * bytes.length)));
  }

  private static int countBytes(int count) {
    return 1 + (31 - Integer.numberOfLeadingZeros(count | 1)) / 7;
  }

  private static int setCount(byte[] target, int offset, int count) {
    int at = offset;
    int rest = count;
    while (rest >= 0x80) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }
}
