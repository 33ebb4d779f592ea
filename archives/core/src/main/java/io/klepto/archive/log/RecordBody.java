package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The body of a record that is to be written, with its checksum: the same wherever in the log it
 * will lie, so it is made before the lock is taken.
 *
 * @param parts the bytes, padding included
 * @param keyBytes the length of the key
 * @param payloadBytes the length of the payload
 * @param crc the CRC32C of all parts
 * @param totalBytes the length of the record with its header
 */
record RecordBody(
    List<ByteBuffer> parts, int keyBytes, int payloadBytes, int crc, long totalBytes) {
  private static final byte[] NOTHING = {};
  private static final ByteBuffer NO_KEY = ByteBuffer.wrap(NOTHING);

  /** Returns the body of a value. */
  static RecordBody of(KeyBytes key, RecordTimes times, byte[] payload) {
    return of(times, key.asReadOnlyBuffer(), payload);
  }

  /**
   * Returns this body if its record can be written.
   *
   * @throws ArchiveException if it is too long
   */
  RecordBody requireWritable(KeyBytes key, String subject) {
    if (totalBytes > RecordFormatV1.MAX_BYTES) {
      throw new ArchiveException(
          "cannot write the record of %s of %s: expected at most %d bytes, found %d; split the value"
              .formatted(key, subject, RecordFormatV1.MAX_BYTES, totalBytes));
    }
    return this;
  }

  /** Returns the body of a touch. */
  static RecordBody ofTouch(RecordTimes times, long valueOffset) {
    byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(valueOffset).array();
    return of(times, NO_KEY, payload);
  }

  /** Returns the body of a record that is neither value nor touch. */
  static RecordBody of(byte[] payload) {
    return of(null, NO_KEY, payload);
  }

  /** Returns an empty body. */
  static RecordBody empty() {
    return of(NOTHING);
  }

  /** Returns the body of a record as it was read. */
  static RecordBody copyOf(WholeRecord record) {
    RecordHeader header = record.header();
    return new RecordBody(
        List.of(record.body()),
        header.keyBytes(),
        header.payloadBytes(),
        header.bodyCrc(),
        header.totalBytes());
  }

  private static RecordBody of(RecordTimes times, ByteBuffer key, byte[] payload) {
    int timesBytes = times == null ? 0 : RecordFormatV1.TIMES_BYTES;
    long contentBytes = (long) timesBytes + key.remaining() + payload.length;
    long totalBytes = RecordFormatV1.totalBytes(contentBytes);
    int padding = (int) (totalBytes - RecordFormatV1.HEADER_BYTES - contentBytes);
    ByteBuffer first = ByteBuffer.allocate(timesBytes + key.remaining());
    if (times != null) {
      first.putLong(times.createdMillis());
      first.putLong(times.durationMillis());
      first.putLong(times.deadlineMillis());
    }
    int keyBytes = key.remaining();
    first.put(key.duplicate()).flip();
    byte[] zeros = new byte[padding];
    CRC32C crc = new CRC32C();
    crc.update(first.array(), 0, first.limit());
    crc.update(payload, 0, payload.length);
    crc.update(zeros, 0, padding);
    return new RecordBody(
        List.of(first, ByteBuffer.wrap(payload), ByteBuffer.wrap(zeros)),
        keyBytes,
        payload.length,
        (int) crc.getValue(),
        totalBytes);
  }
}
