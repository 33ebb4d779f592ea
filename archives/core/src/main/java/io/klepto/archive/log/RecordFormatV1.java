package io.klepto.archive.log;

import io.klepto.archive.store.EnvelopeV1;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of one record of the log, version 1.
 *
 * <pre>
 * offset  bytes
 *      0      4  magic "KLR1"
 *      4      1  type, see RecordType
 *      5      1  flags: bit 0 = the append that wrote this record goes on with the next one
 *      6      1  codec id
 *      7      1  codec version
 *      8      8  stamp
 *     16     16  hash of the key
 *     32      4  number of the namespace
 *     36      4  k: length of the key
 *     40      4  p: length of the payload
 *     44      4  CRC32C of the body
 *     48      4  CRC32C of the id of the file, the offset of the record, and bytes 0 to 47
 *     52      t  body: created, duration, deadline in ms, 8 bytes each; values and touches only
 *   52+t      k        key
 * 52+t+k      p        payload
 *                      zeros, up to the next multiple of 8
 * </pre>
 *
 * <p>Numbers are big-endian. The checksum of the header depends on file and offset, so that a
 * record inside a value, or one that was copied to another place, is none. It covers the checksum
 * of the body, so header and body belong together.
 *
 * <p>A record says nothing of the ones around it. What a damaged header said is told by a second
 * copy elsewhere: by the journal in the head of the file (see {@link HeadV1}) until the segment is
 * sealed, by its footer ({@link FooterV1}) after. So even a lost page with many records does not
 * let an older value come back, which a trailer behind each record would.
 *
 * <p>Behind the last record stand 8 zeros, so that what a killed writer left there is not taken for
 * its successor.
 *
 * <p>No state; any thread may call.
 */
final class RecordFormatV1 {
  static final int HEADER_BYTES = 52;
  static final int TIMES_BYTES = 24;
  static final int ALIGNMENT = 8;
  static final int TERMINATOR_BYTES = 8;
  static final int MAGIC = 0x4B4C5231;

  /** The greatest length of a record. */
  static final long MAX_BYTES = EnvelopeV1.MAX_BYTES / ALIGNMENT * ALIGNMENT;

  private static final int MORE = 1;
  private static final int BODY_CRC_AT = 44;
  private static final int HEADER_CRC_AT = 48;

  private RecordFormatV1() {}

  static long totalBytes(long contentBytes) {
    return aligned(HEADER_BYTES + contentBytes);
  }

  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Writes a header. */
  static void writeHeader(ByteBuffer out, RecordHeader header, long fileId, long offset) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
    bytes.putInt(MAGIC);
    bytes.put((byte) header.type().code()).put((byte) (header.more() ? MORE : 0));
    bytes.put((byte) header.codecId()).put((byte) header.codecVersion());
    bytes.putLong(header.stamp());
    bytes.putLong(header.hash().high()).putLong(header.hash().low());
    bytes.putInt(header.namespace());
    bytes.putInt(header.keyBytes()).putInt(header.payloadBytes());
    bytes.putInt(header.bodyCrc());
    bytes.putInt(headerCrc(bytes.array(), 0, fileId, offset));
    out.put(bytes.flip());
  }

  /**
   * Returns the header in some bytes, or null if there is none that was written for that offset.
   */
  static RecordHeader readHeader(byte[] bytes, int at, long fileId, long offset) {
    if (bytes.length - at < HEADER_BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(at) != MAGIC
        || in.getInt(at + HEADER_CRC_AT) != headerCrc(bytes, at, fileId, offset)) {
      return null;
    }
    RecordType type = RecordType.of(in.get(at + 4));
    RecordHeader header =
        new RecordHeader(
            type,
            (in.get(at + 5) & MORE) != 0,
            Byte.toUnsignedInt(in.get(at + 6)),
            Byte.toUnsignedInt(in.get(at + 7)),
            in.getLong(at + 8),
            new KeyHash(in.getLong(at + 16), in.getLong(at + 24)),
            in.getInt(at + 32),
            in.getInt(at + 36),
            in.getInt(at + 40),
            in.getInt(at + BODY_CRC_AT));
    boolean possible = type != null && header.keyBytes() >= 0 && header.payloadBytes() >= 0;
    return possible && header.totalBytes() <= MAX_BYTES ? header : null;
  }

  /** Returns what makes bytes no header, for messages. */
  static String faultOf(byte[] bytes, int length, long fileId, long offset) {
    if (length < HEADER_BYTES) {
      return "expected a header of %d bytes, found the end of the file after %d bytes"
          .formatted(HEADER_BYTES, length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(0) != MAGIC) {
      return "expected magic %08x, found %08x".formatted(MAGIC, in.getInt(0));
    }
    int crc = headerCrc(bytes, 0, fileId, offset);
    if (in.getInt(HEADER_CRC_AT) != crc) {
      return "expected CRC32C of the header %08x, found %08x"
          .formatted(crc, in.getInt(HEADER_CRC_AT));
    }
    return "expected a record of format version 1, found type %d with a key of %d and a payload of %d bytes"
        .formatted(in.get(4), in.getInt(36), in.getInt(40));
  }

  private static int headerCrc(byte[] bytes, int at, long fileId, long offset) {
    byte[] seed = new byte[2 * Long.BYTES];
    ByteBuffer.wrap(seed).putLong(fileId).putLong(offset);
    CRC32C crc = new CRC32C();
    crc.update(seed, 0, seed.length);
    crc.update(bytes, at, HEADER_CRC_AT);
    return (int) crc.getValue();
  }
}
