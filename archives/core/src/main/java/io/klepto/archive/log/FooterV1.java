package io.klepto.archive.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The payload of the record that ends a segment, version 1: its records once more, in short. It
 * lets an archive be opened without reading what lies between, and tells what a damaged record was.
 *
 * <pre>
 * offset  bytes
 *      0      8  where the segment begins
 *      8      8  where the footer before this one lies, 0 for the first
 *     16   32*n  for each record of the segment
 *                  16 hash of the key
 *                   8 stamp
 *                   4 type (4 bits), number of the namespace (28 bits)
 *                   4 (its offset - that of the segment) / 8
 * </pre>
 *
 * <p>A record reaches to the next one, the last to the footer.
 *
 * @param start where the segment begins
 * @param previous where the footer before lies, 0 for none
 * @param entries the records, in the order of the log
 */
record FooterV1(long start, long previous, List<LogEntry> entries) {
  /** The most records that a segment has. */
  static final int MOST_ENTRIES = 1024;

  /** A segment that has reached this length gets no further record. */
  static final long MOST_BYTES = 1L << 30;

  /** The greatest number of a namespace that an entry can hold. */
  static final int MOST_NAMESPACES = (1 << 28) - 1;

  /** Where in a record the offset of the footer before stands. */
  static final int PREVIOUS_AT = RecordFormatV1.HEADER_BYTES + Long.BYTES;

  private static final int FIXED_BYTES = 16;
  private static final int ENTRY_BYTES = 32;
  private static final int NAMESPACE_BITS = 28;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + ENTRY_BYTES * entries.size());
    out.putLong(start).putLong(previous);
    for (LogEntry entry : entries) {
      out.putLong(entry.hash().high()).putLong(entry.hash().low());
      out.putLong(entry.stamp());
      out.putInt(packed(entry));
      out.putInt((int) ((entry.offset() - start) / RecordFormatV1.ALIGNMENT));
    }
    return out.array();
  }

  /** Returns type and namespace of an entry in 32 bits. */
  static int packed(LogEntry entry) {
    return (entry.type().code() << NAMESPACE_BITS) | entry.namespace();
  }

  /** Returns an entry whose type and namespace are packed, or null if there is no such type. */
  static LogEntry entryOf(int packed, KeyHash hash, long stamp, long offset, long bytes) {
    RecordType type = RecordType.of(packed >>> NAMESPACE_BITS);
    return type == null
        ? null
        : new LogEntry(type, packed & MOST_NAMESPACES, hash, stamp, offset, bytes);
  }

  /**
   * Reads a payload whose checksum is right.
   *
   * @param offset where its record lies
   * @return the footer, or null if it is none that this version writes
   */
  static FooterV1 decode(byte[] payload, long offset) {
    if (payload.length < FIXED_BYTES || (payload.length - FIXED_BYTES) % ENTRY_BYTES != 0) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(payload);
    long start = in.getLong();
    long previous = in.getLong();
    int count = (payload.length - FIXED_BYTES) / ENTRY_BYTES;
    List<LogEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = FIXED_BYTES + i * ENTRY_BYTES;
      long begin = offsetIn(in, at, start);
      long end = i + 1 < count ? offsetIn(in, at + ENTRY_BYTES, start) : offset;
      KeyHash hash = new KeyHash(in.getLong(at), in.getLong(at + 8));
      LogEntry entry = entryOf(in.getInt(at + 24), hash, in.getLong(at + 16), begin, end - begin);
      if (entry == null || end <= begin) {
        return null;
      }
      entries.add(entry);
    }
    return start > offset || previous >= start ? null : new FooterV1(start, previous, entries);
  }

  private static long offsetIn(ByteBuffer in, int at, long start) {
    long distance = Integer.toUnsignedLong(in.getInt(at + 28));
    return start + distance * RecordFormatV1.ALIGNMENT;
  }
}
