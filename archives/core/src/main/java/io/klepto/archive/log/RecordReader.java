package io.klepto.archive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads whole records and verifies all of their bytes.
 *
 * <p>No state of its own; safe for use by many threads.
 */
final class RecordReader {
  /** Records up to this size are read in one step, without a look at the header. */
  private static final int ONE_STEP_BYTES = 256 << 10;

  private static final int TOUCH_BYTES = RecordFormatV1.TIMES_BYTES + Long.BYTES;

  private final DataFile data;
  private final long fileId;

  RecordReader(DataFile data, long fileId) {
    this.data = data;
    this.fileId = fileId;
  }

  /**
   * Returns the record of a key.
   *
   * @param key the key that it must have, or null for the one that has the hash
   * @param errors tells of damage
   * @throws DamagedRecordException if it is not what was written
   */
  StoreRecord read(Namespace namespace, KeyHash hash, long position, KeyBytes key, LogErrors errors)
      throws IOException {
    long offset = Position.offsetOf(position);
    if (!Position.isTouch(position)) {
      return recordOf(
          value(namespace, hash, offset, Position.bytesOf(position), errors), null, key, errors);
    }
    WholeRecord touch = whole(offset, RecordFormatV1.totalBytes(TOUCH_BYTES), errors);
    require(touch, RecordType.TOUCH, namespace, hash, errors);
    WholeRecord value =
        value(namespace, hash, touch.valueOffset(), Position.bytesOf(position), errors);
    return recordOf(value, touch.times(), key, errors);
  }

  /** Returns where the value lies whose position the index has. */
  long valueOffset(long position, LogErrors errors) throws IOException {
    long offset = Position.offsetOf(position);
    return Position.isTouch(position)
        ? whole(offset, RecordFormatV1.totalBytes(TOUCH_BYTES), errors).valueOffset()
        : offset;
  }

  private WholeRecord value(
      Namespace namespace, KeyHash hash, long offset, long bytes, LogErrors errors)
      throws IOException {
    WholeRecord value = whole(offset, bytes, errors);
    if (value.header().type() == RecordType.DAMAGED) {
      String copy = new String(value.payload(), UTF_8);
      throw errors.damaged(
          offset, "a record, found that it was damaged and set aside in " + copy + " before");
    }
    require(value, RecordType.PUT, namespace, hash, errors);
    return value;
  }

  private static void require(
      WholeRecord record, RecordType type, Namespace namespace, KeyHash hash, LogErrors errors) {
    RecordHeader found = record.header();
    if (found.type() != type
        || found.namespace() != namespace.number()
        || !found.hash().equals(hash)) {
      throw errors.damaged(
          record.offset(),
          "%s of namespace %d and %s, found %s of namespace %d and %s"
              .formatted(
                  type, namespace.number(), hash, found.type(), found.namespace(), found.hash()));
    }
  }

  private static StoreRecord recordOf(
      WholeRecord value, RecordTimes times, KeyBytes key, LogErrors errors) {
    RecordHeader header = value.header();
    if (key != null && !value.hasKey(key)) {
      throw errors.damaged(value.offset(), key + ", found " + value.key());
    }
    try {
      RecordContent content =
          new RecordContent(
              header.codecId(),
              header.codecVersion(),
              times == null ? value.times() : times,
              value.payload());
      return new StoreRecord(key == null ? value.key() : key, header.stamp(), content);
    } catch (IllegalArgumentException e) {
      throw errors.damaged(value.offset(), "what was written, found " + e.getMessage());
    }
  }

  /**
   * Returns the record at an offset.
   *
   * @param bytes how long it probably is
   * @param errors tells of damage
   * @throws DamagedRecordException if there is none, or its body is not what was written
   */
  WholeRecord whole(long offset, long bytes, LogErrors errors) throws IOException {
    int step = (int) Math.max(RecordFormatV1.HEADER_BYTES, Math.min(bytes, ONE_STEP_BYTES));
    byte[] read = new byte[step];
    int count = data.read(read, 0, step, offset);
    RecordHeader header =
        count < RecordFormatV1.HEADER_BYTES
            ? null
            : RecordFormatV1.readHeader(read, 0, fileId, offset);
    if (header == null) {
      throw errors.damaged(offset, RecordFormatV1.faultOf(read, count, fileId, offset));
    }
    long total = header.totalBytes();
    if (count < total && offset + total > data.size()) {
      throw errors.damaged(
          offset, "expected %d bytes, found %d".formatted(total, data.size() - offset));
    }
    byte[] all = read;
    int bodyAt = RecordFormatV1.HEADER_BYTES;
    if (count < total) {
      all = Arrays.copyOfRange(read, bodyAt, bodyAt + (int) total - RecordFormatV1.HEADER_BYTES);
      int have = count - RecordFormatV1.HEADER_BYTES;
      data.read(all, have, all.length - have, offset + count);
      bodyAt = 0;
    }
    int bodyBytes = (int) total - RecordFormatV1.HEADER_BYTES;
    CRC32C crc = new CRC32C();
    crc.update(all, bodyAt, bodyBytes);
    if ((int) crc.getValue() != header.bodyCrc()) {
      throw errors.damaged(
          offset,
          "expected CRC32C of the body %08x, found %08x"
              .formatted(header.bodyCrc(), (int) crc.getValue()));
    }
    return new WholeRecord(header, offset, ByteBuffer.wrap(all, bodyAt, bodyBytes).slice());
  }
}
