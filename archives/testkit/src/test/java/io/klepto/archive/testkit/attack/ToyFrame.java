package io.klepto.archive.testkit.attack;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One entry of the file of a {@link ToyStore}: length of the body, CRC32C of the body with all bits
 * turned over, body. The body is a kind and, for a record, key, version, codec, times and payload.
 *
 * @param kind what happened
 * @param record the record; of one that was removed the key alone counts; null for the others
 */
record ToyFrame(Kind kind, StoreRecord record) {
  static final int HEAD_BYTES = 2 * Integer.BYTES;
  private static final int FIXED_BYTES = 3 + 4 * Long.BYTES + 2 * Integer.BYTES;

  /** What happened. */
  enum Kind {
    PUT,
    REMOVED,
    CLEARED
  }

  byte[] encode() {
    KeyBytes key = record.key();
    byte[] payload = record.content().payload();
    RecordTimes times = record.content().times();
    int length = FIXED_BYTES + key.length() + payload.length;
    ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + length);
    frame.putInt(length).putInt(0);
    frame.put((byte) kind.compareTo(Kind.PUT));
    frame.put((byte) record.content().codecId()).put((byte) record.content().codecVersion());
    frame.putLong(record.version()).putLong(times.createdMillis());
    frame.putLong(times.durationMillis()).putLong(times.deadlineMillis());
    frame.putInt(key.length()).put(key.asReadOnlyBuffer());
    frame.putInt(payload.length).put(payload);
    frame.putInt(Integer.BYTES, checksumOf(frame.array(), HEAD_BYTES, length));
    return frame.array();
  }

  private static int checksumOf(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return ~(int) crc.getValue(); // zeros are no frame
  }

  /** Returns where the frame at an offset ends; beyond the file if it is not whole. */
  static long endOf(byte[] file, int offset) {
    if (offset + HEAD_BYTES > file.length) {
      return Long.MAX_VALUE;
    }
    int length = ByteBuffer.wrap(file).getInt(offset);
    return length < 0 ? Long.MAX_VALUE : (long) offset + HEAD_BYTES + length;
  }

  /** Returns whether the checksum of a whole frame is right. */
  static boolean isSound(byte[] file, int offset) {
    ByteBuffer in = ByteBuffer.wrap(file);
    int length = in.getInt(offset);
    return in.getInt(offset + Integer.BYTES) == checksumOf(file, offset + HEAD_BYTES, length);
  }

  /** Returns a file of the same frames with greater versions. */
  static byte[] withVersionsAhead(byte[] file, long by) {
    ByteArrayOutputStream ahead = new ByteArrayOutputStream();
    for (int offset = 0; offset < file.length; offset = (int) endOf(file, offset)) {
      ToyFrame frame = decode(file, offset);
      StoreRecord old = frame.record();
      StoreRecord fresh = new StoreRecord(old.key(), old.version() + by, old.content());
      ahead.writeBytes(new ToyFrame(frame.kind(), fresh).encode());
    }
    return ahead.toByteArray();
  }

  /** Returns the frame at an offset, which is whole. */
  static ToyFrame decode(byte[] file, int offset) {
    ByteBuffer in = ByteBuffer.wrap(file).position(offset + HEAD_BYTES);
    Kind kind = Kind.values()[in.get()];
    int codecId = Byte.toUnsignedInt(in.get());
    int codecVersion = Byte.toUnsignedInt(in.get());
    long version = in.getLong();
    RecordTimes times = new RecordTimes(in.getLong(), in.getLong(), in.getLong());
    byte[] key = new byte[in.getInt()];
    in.get(key);
    byte[] payload = new byte[in.getInt()];
    in.get(payload);
    return new ToyFrame(
        kind,
        new StoreRecord(
            KeyBytes.of(key), version, new RecordContent(codecId, codecVersion, times, payload)));
  }
}
