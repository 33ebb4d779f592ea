package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Rectangular arrays of primitives and strings, of any rank, in the form of {@link RawCodec}.
 *
 * <pre>
 * offset   bytes   what
 *      0       1   the type of the elements, as RawCodec numbers it
 *      1       1   r, the rank, 1 to 255
 *      2     4·r   the lengths, outermost first, big-endian; those behind a length of 0 are 0
 *  2+4·r    rest   the elements, the last index fastest, then padding
 * </pre>
 *
 * <p>Elements are little-endian, which is how they lie in the memory of nearly every machine, so
 * that they are copied, not turned. A string element is its length in bytes, big-endian, and its
 * UTF-8. The padding is zeros, as many as there are more arrays within the array than bytes of
 * elements (none but for such shapes as {@code [1000][0]}); so the bytes of a value bound the
 * memory that it claims.
 *
 * <p>Stateless.
 */
final class RawArrays {
  private static final int MAX_RANK = 255;

  /** The longest array that every JVM can make. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  /** More than any array has, and little enough to be multiplied by a length. */
  private static final long TOO_MANY = 1L << 31;

  private RawArrays() {}

  /** Returns the class of what an array of arrays holds in the end, or null if it is no array. */
  static Class<?> elementType(Class<?> type) {
    Class<?> element = null;
    for (Class<?> c = type.getComponentType(); c != null; c = c.getComponentType()) {
      element = c;
    }
    return element;
  }

  /**
   * Returns the encoded array behind a given first byte.
   *
   * @throws ArchiveException if it is ragged, holds null, or is longer than an array of bytes can
   *     be
   */
  static byte[] encode(byte tag, Object array) {
    RawElements elements = RawElements.of(elementType(array.getClass()));
    int[] lengths = lengths(array);
    int headBytes = 3 + Integer.BYTES * lengths.length;
    // First by the lengths alone: rows that stand in many places cost no memory, but time.
    long elementBytes = count(lengths, lengths.length) * elements.minBytes();
    checkTotal(array, headBytes + Math.max(rows(lengths), elementBytes));
    check(array, lengths, 0, "");
    if (elements == RawElements.STRING) {
      elementBytes = textBytes(array, lengths.length);
    }
    long total = headBytes + Math.max(rows(lengths), elementBytes);
    checkTotal(array, total);
    ByteBuffer out = ByteBuffer.allocate((int) total);
    out.put(tag).put(elements.tag()).put((byte) lengths.length);
    for (int length : lengths) {
      out.putInt(length);
    }
    write(elements, out.order(ByteOrder.LITTLE_ENDIAN), array, lengths.length);
    return out.array();
  }

  private static void checkTotal(Object array, long total) {
    if (total > MAX_LENGTH) {
      throw new ArchiveException(
          "codec raw can't encode class "
              + array.getClass().getTypeName()
              + ": expected at most "
              + MAX_LENGTH
              + " bytes, found "
              + total
              + "; split the array");
    }
  }

  /** Returns the product of the first lengths, or a number too large for any array. */
  private static long count(int[] lengths, int levels) {
    long product = 1;
    for (int i = 0; i < levels; i++) {
      product = Math.min(TOO_MANY, product * lengths[i]);
    }
    return product;
  }

  /** Returns how many arrays an array holds, at all levels, or a number too large for any array. */
  private static long rows(int[] lengths) {
    long rows = 0;
    for (int i = 1; i < lengths.length; i++) {
      rows += count(lengths, i);
    }
    return rows;
  }

  /** Returns the lengths along the first elements; those behind a length of 0 are 0. */
  private static int[] lengths(Object array) {
    int rank = 0;
    for (Class<?> c = array.getClass(); c.isArray(); c = c.getComponentType()) {
      rank++;
    }
    int[] lengths = new int[rank];
    Object row = array;
    for (int i = 0; i < rank && row != null; i++) {
      lengths[i] = Array.getLength(row);
      row = lengths[i] > 0 && i + 1 < rank ? Array.get(row, 0) : null;
    }
    return lengths;
  }

  private static void check(Object array, int[] lengths, int level, String index) {
    if (array == null) {
      throw refusal(lengths.length, index, "an array of length " + lengths[level], "null");
    }
    int length = Array.getLength(array);
    if (length != lengths[level]) {
      throw refusal(lengths.length, index, "length " + lengths[level], "length " + length);
    }
    if (level + 1 < lengths.length) {
      Object[] rows = (Object[]) array;
      for (int i = 0; i < rows.length; i++) {
        check(rows[i], lengths, level + 1, index + "[" + i + "]");
      }
    }
  }

  private static ArchiveException refusal(int rank, String index, String expected, String found) {
    return new ArchiveException(
        "codec raw can't encode a ragged array of rank "
            + rank
            + ": expected "
            + expected
            + " at "
            + index
            + ", found "
            + found
            + "; choose ArchiveConfiguration.builder(...).codec(\"kryo\") for such arrays");
  }

  private static long textBytes(Object array, int rank) {
    long sum = 0;
    for (Object part : (Object[]) array) {
      sum +=
          rank > 1 ? textBytes(part, rank - 1) : Integer.BYTES + RawText.utf8Bytes((String) part);
    }
    return sum;
  }

  private static void write(RawElements elements, ByteBuffer out, Object array, int rank) {
    if (rank == 1) {
      elements.write(out, array);
      return;
    }
    for (Object row : (Object[]) array) {
      write(elements, out, row, rank - 1);
    }
  }

  /**
   * Reads an array that takes all that a buffer has left.
   *
   * @throws ArchiveException if the bytes are not what {@link #encode} writes
   */
  static Object decode(ByteBuffer in) {
    RawCodec.atLeast(2, in);
    RawElements elements = RawElements.of(in.get());
    int rank = Byte.toUnsignedInt(in.get());
    if (rank == 0 || (rank == 1 && elements == RawElements.BYTE)) {
      throw new ArchiveException(
          "codec raw: expected an array of a rank of 1 to "
              + MAX_RANK
              + ", for bytes from 2 on, found rank "
              + rank);
    }
    RawCodec.atLeast(Integer.BYTES * rank, in);
    int[] lengths = new int[rank];
    for (int i = 0; i < rank; i++) {
      lengths[i] = in.getInt();
    }
    checkClaims(elements, lengths, in.remaining());
    Object array = Array.newInstance(elements.type(), lengths);
    int start = in.position();
    read(elements, in.order(ByteOrder.LITTLE_ENDIAN), array, rank);
    checkPadding(in, Math.max(0, rows(lengths) - (in.position() - start)));
    return array;
  }

  private static void checkClaims(RawElements elements, int[] lengths, int left) {
    boolean empty = false;
    for (int length : lengths) {
      if (length < 0 || (empty && length != 0)) {
        throw new ArchiveException(
            "codec raw: expected lengths of at least 0, and 0 behind a length of 0, found "
                + length);
      }
      empty |= length == 0;
    }
    if (count(lengths, lengths.length) * elements.minBytes() > left || rows(lengths) > left) {
      throw new ArchiveException(
          "codec raw: an array claims more rows or elements than its " + left + " bytes can hold");
    }
  }

  private static void read(RawElements elements, ByteBuffer in, Object array, int rank) {
    if (rank == 1) {
      elements.read(in, array);
      return;
    }
    for (Object row : (Object[]) array) {
      read(elements, in, row, rank - 1);
    }
  }

  private static void checkPadding(ByteBuffer in, long padding) {
    if (in.remaining() != padding) {
      throw new ArchiveException(
          "codec raw: expected "
              + padding
              + " bytes behind the elements of an array, found "
              + in.remaining());
    }
    while (in.hasRemaining()) {
      if (in.get() != 0) {
        throw new ArchiveException("codec raw: expected zeros behind the elements of an array");
      }
    }
  }
}
