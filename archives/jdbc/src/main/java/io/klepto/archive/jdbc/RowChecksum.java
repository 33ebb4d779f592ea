package io.klepto.archive.jdbc;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksum of a row, version 1: CRC32C of id, version, creation, duration and deadline,
 * big-endian; where key and value stand in columns of their own also of codec id, codec version and
 * payload, a byte, a byte and all its bytes.
 */
final class RowChecksum {
  private static final int NUMBERS = 4;

  private RowChecksum() {}

  /** Returns the checksum of a row whose record stands in one column. */
  static int ofFrame(byte[] id, StoreRecord record) {
    return (int) frame(id, record).getValue();
  }

  /** Returns the checksum of a row whose record stands in columns. */
  static int ofAll(byte[] id, StoreRecord record) {
    CRC32C crc = frame(id, record);
    RecordContent content = record.content();
    crc.update(content.codecId());
    crc.update(content.codecVersion());
    crc.update(content.payload());
    return (int) crc.getValue();
  }

  private static CRC32C frame(byte[] id, StoreRecord record) {
    RecordTimes times = record.content().times();
    ByteBuffer frame = ByteBuffer.allocate(id.length + NUMBERS * Long.BYTES);
    frame.put(id).putLong(record.version()).putLong(times.createdMillis());
    frame.putLong(times.durationMillis()).putLong(times.deadlineMillis());
    CRC32C crc = new CRC32C();
    crc.update(frame.array());
    return crc;
  }
}
