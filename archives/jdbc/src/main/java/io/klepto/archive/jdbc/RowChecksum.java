package io.klepto.archive.jdbc;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of a row, version 1: CRC32C of hash, version, creation, duration and deadline,
 * big-endian; where key and value stand in columns of their own also of codec id, codec version and
 * payload, a byte, a byte and all its bytes.
 */
final class RowChecksum {
  private static final int NUMBERS = 4;

  private RowChecksum() {}

  /** Returns the checksum of a row whose record stands in an envelope. */
  static int ofFrame(byte[] hash, StoreRecord record) {
    return (int) frame(hash, record).getValue();
  }

  /** Returns the checksum of a row whose record stands in columns. */
  static int ofAll(byte[] hash, StoreRecord record) {
    CRC32C crc = frame(hash, record);
    RecordContent content = record.content();
    crc.update(content.codecId());
    crc.update(content.codecVersion());
    crc.update(content.payload());
    return (int) crc.getValue();
  }

  private static CRC32C frame(byte[] hash, StoreRecord record) {
    RecordTimes times = record.content().times();
    ByteBuffer frame = ByteBuffer.allocate(hash.length + NUMBERS * Long.BYTES);
    frame.put(hash).putLong(record.version()).putLong(times.createdMillis());
    frame.putLong(times.durationMillis()).putLong(times.deadlineMillis());
    CRC32C crc = new CRC32C();
    crc.update(frame.array());
    return crc;
  }
}
