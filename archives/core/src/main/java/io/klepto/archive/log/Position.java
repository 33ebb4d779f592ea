package io.klepto.archive.log;

/**
 * Where the newest record of a key lies, in the 64 bits that the index keeps for it.
 *
 * <pre>
 * bit 24…63  offset / 8
 * bit  2…23  length of the value's record, in units of 64 bytes, rounded up; all ones: that or more
 * bit     0  1 if the record is a touch, which tells where the value lies
 * </pre>
 *
 * <p>No position is 0, as no record lies at offset 0.
 */
final class Position {
  /** The greatest offset that a position can hold: 8 TiB. */
  static final long MAX_OFFSET = ((1L << 40) - 1) * RecordFormatV1.ALIGNMENT;

  private static final int OFFSET_SHIFT = 24;
  private static final int UNITS_SHIFT = 2;
  private static final int UNIT_BYTES = 64;
  private static final long MOST_UNITS = (1L << (OFFSET_SHIFT - UNITS_SHIFT)) - 1;
  private static final long TOUCHED = 1;

  private Position() {}

  static long ofValue(long offset, long bytes) {
    long units = Math.min(MOST_UNITS, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    return ((offset / RecordFormatV1.ALIGNMENT) << OFFSET_SHIFT) | (units << UNITS_SHIFT);
  }

  /** Returns the position of a touch of the value at a position. */
  static long ofTouch(long offset, long valuePosition) {
    long units = (valuePosition >>> UNITS_SHIFT) & MOST_UNITS;
    return ofValue(offset, 0) | (units << UNITS_SHIFT) | TOUCHED;
  }

  static long offsetOf(long position) {
    return (position >>> OFFSET_SHIFT) * RecordFormatV1.ALIGNMENT;
  }

  /** Returns the length of the value's record, up to 63 bytes more, and no more than 256 MiB. */
  static long bytesOf(long position) {
    return ((position >>> UNITS_SHIFT) & MOST_UNITS) * UNIT_BYTES;
  }

  static boolean isTouch(long position) {
    return (position & TOUCHED) != 0;
  }
}
