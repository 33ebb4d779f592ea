package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a row holds of a record beside its id and its version, version 1: some fifty bytes less than
 * an envelope, as nothing stands in the row twice.
 *
 * <pre>
 * bytes
 *     1  form: 16 + 1 if the key stands here + 2 if duration and deadline do
 *     1  codec id
 *     1  codec version
 *     8  created, ms since 1970-01-01T00:00Z
 *     8  duration, ms, if it has an end
 *     8  deadline, ms since 1970-01-01T00:00Z, if there is one
 *     4  k: length of the key, if it stands here
 *     k  key
 *     p  payload: what is left
 *     4  CRC32C of id and version of the row and all bytes before
 * </pre>
 *
 * <p>Numbers are big-endian. The key stands here only if the {@linkplain RowFormat#idOf id} is its
 * digest. The length of the key is compared with the bytes that are there before anything is
 * allocated by it.
 *
 * <p>The methods have no state; any thread may call them.
 */
final class PackedRecordV1 {
  private static final int FORM = 0x10;
  private static final int WITH_KEY = 1;
  private static final int WITH_END = 2;
  private static final int FIXED_BYTES = 3 + Long.BYTES;
  private static final int LEAST_BYTES = FIXED_BYTES + Integer.BYTES;

  private PackedRecordV1() {}

  /** Makes the exceptions that tell of damage in one place. */
  interface Damage {
    /** Returns one that says what was expected, and what was found. */
    ArchiveException found(String expected, String found);
  }

  /**
   * Returns the bytes of a record.
   *
   * @param id the id of its row
   * @throws ArchiveException if key and payload together exceed what an array takes
   */
  static byte[] encode(StoreRecord record, byte[] id) {
    RecordContent content = record.content();
    RecordTimes times = content.times();
    byte[] payload = content.payload();
    boolean withKey = !RowFormat.isKey(id);
    boolean withEnd = times.deadlineMillis() != RecordTimes.NEVER;
    long keyBytes = withKey ? (long) Integer.BYTES + record.key().length() : 0;
    long total = LEAST_BYTES + (withEnd ? 2L * Long.BYTES : 0) + keyBytes + payload.length;
    if (total > EnvelopeV1.MAX_BYTES) {
      throw new ArchiveException(
          "cannot encode the record of %s: expected at most %d bytes, found %d; split the value"
              .formatted(record.key(), EnvelopeV1.MAX_BYTES, total));
    }
    byte[] bytes = new byte[(int) total];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.put((byte) (FORM | (withKey ? WITH_KEY : 0) | (withEnd ? WITH_END : 0)));
    out.put((byte) content.codecId()).put((byte) content.codecVersion());
    out.putLong(times.createdMillis());
    if (withEnd) {
      out.putLong(times.durationMillis()).putLong(times.deadlineMillis());
    }
    if (withKey) {
      out.putInt(record.key().length()).put(record.key().asReadOnlyBuffer());
    }
    out.put(payload);
    out.putInt(checksum(id, record.version(), bytes));
    return bytes;
  }

  /**
   * Returns the record in a row, all of its bytes verified.
   *
   * @param id the id of the row
   * @param version the version of the row, more than 0
   * @param expectedKey the key that the record must have, or null for any
   */
  static StoreRecord decode(
      byte[] bytes, byte[] id, long version, KeyBytes expectedKey, Damage damage) {
    if (bytes.length < LEAST_BYTES) {
      throw damage.found("a record of at least " + LEAST_BYTES + " bytes", bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int end = bytes.length - Integer.BYTES;
    int expected = checksum(id, version, bytes);
    if (in.getInt(end) != expected) {
      throw damage.found(
          "CRC32C %08x of the row".formatted(expected), "%08x".formatted(in.getInt(end)));
    }
    in.limit(end);
    int form = Byte.toUnsignedInt(in.get());
    boolean withKey = !RowFormat.isKey(id);
    boolean withEnd = (form & WITH_END) != 0;
    int expectedForm = FORM | (withKey ? WITH_KEY : 0) | (withEnd ? WITH_END : 0);
    if (form != expectedForm) {
      throw damage.found("a record of form " + expectedForm, Integer.toString(form));
    }
    int codecId = Byte.toUnsignedInt(in.get());
    int codecVersion = Byte.toUnsignedInt(in.get());
    requireLeft((withEnd ? 3 : 1) * Long.BYTES + (withKey ? Integer.BYTES : 0), in, damage);
    RecordTimes times = timesOf(in, withEnd, damage);
    KeyBytes key = withKey ? keyOf(in, expectedKey, damage) : keyOf(id, expectedKey);
    if (expectedKey != null && !expectedKey.equals(key)) {
      throw damage.found("key " + expectedKey, key.toString());
    }
    byte[] payload = new byte[in.remaining()];
    in.get(payload);
    return new StoreRecord(key, version, new RecordContent(codecId, codecVersion, times, payload));
  }

  private static RecordTimes timesOf(ByteBuffer in, boolean withEnd, Damage damage) {
    long created = in.getLong();
    if (!withEnd) {
      return RecordTimes.eternal(created);
    }
    try {
      return new RecordTimes(created, in.getLong(), in.getLong());
    } catch (IllegalArgumentException e) {
      throw damage.found("the times that were written", e.getMessage());
    }
  }

  private static KeyBytes keyOf(ByteBuffer in, KeyBytes expectedKey, Damage damage) {
    int length = in.getInt();
    requireLeft(length, in, damage);
    ByteBuffer found = in.slice(in.position(), length);
    in.position(in.position() + length);
    if (expectedKey != null && expectedKey.asReadOnlyBuffer().equals(found)) {
      return expectedKey;
    }
    byte[] copy = new byte[length];
    found.get(copy);
    return KeyBytes.of(copy);
  }

  private static KeyBytes keyOf(byte[] id, KeyBytes expectedKey) {
    boolean isExpected =
        expectedKey != null && expectedKey.asReadOnlyBuffer().equals(ByteBuffer.wrap(id));
    return isExpected ? expectedKey : KeyBytes.of(id);
  }

  private static void requireLeft(int needed, ByteBuffer in, Damage damage) {
    if (needed < 0 || needed > in.remaining()) {
      throw damage.found(needed + " bytes more", in.remaining() + " bytes");
    }
  }

  /** Returns the checksum of a row: of its id, its version, and the record without its end. */
  private static int checksum(byte[] id, long version, byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(id.length + Long.BYTES).put(id).putLong(version).array());
    crc.update(record, 0, record.length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
