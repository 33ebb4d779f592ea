package io.klepto.archive.store;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of one {@link StoreRecord}, version 1: key, payload and all that is known of them,
 * under two checksums.
 *
 * <pre>
 * offset  bytes
 *      0      4  magic "KLPR"
 *      4      1  format version, 1
 *      5      1  packing: 0 if the payload lies here as it is, else how the store packed it
 *      6      1  codec id
 *      7      1  codec version
 *      8      8  version of the record
 *     16      8  created, ms since 1970-01-01T00:00Z
 *     24      8  duration, ms
 *     32      8  deadline, ms since 1970-01-01T00:00Z
 *     40      4  k: length of the key
 *     44      4  p: length of the payload
 *     48      k  key
 *   48+k      4  CRC32C of all bytes before
 *   52+k      p  payload
 * 52+k+p      4  CRC32C of all bytes before
 * </pre>
 *
 * <p>Numbers are big-endian. What a packing other than 0 means is the store's affair; one that has
 * none refuses it ({@link #decode}). Packed or not, the checksums are of the bytes as they lie
 * here, so that damage is found before anything is unpacked. The first checksum lets a reader trust
 * key, version and times without the payload ({@link #readHeader}). Nothing may follow the second.
 * Lengths are compared with the bytes that are there before anything is allocated by them.
 *
 * <p>Times can't be changed in place: a reader could not tell a torn new time from a damaged one.
 * Changing them means encoding the record again.
 *
 * <p>The methods have no state; any thread may call them.
 */
public final class EnvelopeV1 {
  /** The bytes before the key. */
  public static final int FIXED_BYTES = 48;

  /** What an envelope adds to key and payload. */
  public static final int OVERHEAD_BYTES = FIXED_BYTES + 2 * Integer.BYTES;

  /** The packing of a payload that is not packed. */
  public static final int PLAIN = 0;

  /** The greatest length of an envelope: the greatest array that every JVM can allocate. */
  public static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private static final int MAGIC = 0x4B4C5052;
  private static final int FORMAT_VERSION = 1;

  private EnvelopeV1() {}

  /**
   * What stands before the payload.
   *
   * @param key the key of the record
   * @param version the version of the record
   * @param codecId which codec wrote the payload
   * @param codecVersion the version of that codec's format
   * @param times creation, duration, deadline
   * @param packing how the payload is packed, {@link #PLAIN} if it is not
   * @param payloadBytes the length of the payload as it lies here
   */
  public record Header(
      KeyBytes key,
      long version,
      int codecId,
      int codecVersion,
      RecordTimes times,
      int packing,
      int payloadBytes) {
    /** Returns where the payload begins. */
    public int payloadOffset() {
      return FIXED_BYTES + key.length() + Integer.BYTES;
    }
  }

  /**
   * Returns the bytes of a record.
   *
   * @throws ArchiveException if key and payload together exceed {@link #MAX_BYTES} with the
   *     envelope
   */
  public static byte[] encode(StoreRecord record) {
    return encode(record, PLAIN);
  }

  /**
   * Returns the bytes of a record whose payload has been packed.
   *
   * @param packing how, 0 to 255
   * @throws ArchiveException if key and payload together exceed {@link #MAX_BYTES} with the
   *     envelope
   */
  public static byte[] encode(StoreRecord record, int packing) {
    RecordContent content = record.content();
    byte[] payload = content.payload();
    int keyBytes = record.key().length();
    long total = (long) OVERHEAD_BYTES + keyBytes + payload.length;
    if (total > MAX_BYTES) {
      throw new ArchiveException(
          "cannot encode the record of %s: expected at most %d bytes with its envelope, found %d; split the value"
              .formatted(record.key(), MAX_BYTES, total));
    }
    byte[] bytes = new byte[(int) total];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.putInt(MAGIC).put((byte) FORMAT_VERSION).put((byte) packing);
    out.put((byte) content.codecId()).put((byte) content.codecVersion());
    out.putLong(record.version());
    RecordTimes times = content.times();
    out.putLong(times.createdMillis());
    out.putLong(times.durationMillis());
    out.putLong(times.deadlineMillis());
    out.putInt(keyBytes).putInt(payload.length);
    out.put(record.key().asReadOnlyBuffer());
    CRC32C crc = new CRC32C();
    int headerEnd = FIXED_BYTES + keyBytes;
    crc.update(bytes, 0, headerEnd);
    out.putInt((int) crc.getValue());
    out.put(payload);
    crc.update(bytes, headerEnd, bytes.length - Integer.BYTES - headerEnd);
    out.putInt((int) crc.getValue());
    return bytes;
  }

  /**
   * Returns the record in an envelope whose payload is not packed, all of it verified.
   *
   * @param bytes the whole envelope and nothing else
   * @param expectedKey the key that the record must have, or null for any
   * @param store the name of the store, for the message
   * @param location where in the store the envelope lies, for the message
   * @throws DamagedRecordException if magic, version, packing, lengths, checksums, key or numbers
   *     are not what they must be
   */
  public static StoreRecord decode(
      byte[] bytes, KeyBytes expectedKey, String store, Object location) {
    ByteBuffer envelope = ByteBuffer.wrap(bytes);
    Header header = verify(envelope, expectedKey, store, location);
    new Damage(store, location).requireByte("packing", PLAIN, (byte) header.packing());
    byte[] payload = new byte[header.payloadBytes()];
    envelope.get(header.payloadOffset(), payload);
    return new StoreRecord(
        header.key(),
        header.version(),
        new RecordContent(header.codecId(), header.codecVersion(), header.times(), payload));
  }

  /**
   * Returns what stands before the payload, all of the envelope verified, payload included.
   *
   * @param envelope the whole envelope and nothing else, from 0 to the limit, big-endian; a mapped
   *     file will do
   * @param expectedKey the key that the record must have, or null for any
   * @throws DamagedRecordException as in {@link #decode}, but for the packing
   */
  public static Header verify(
      ByteBuffer envelope, KeyBytes expectedKey, String store, Object location) {
    Damage damage = new Damage(store, location);
    int headerEnd = checkFixedPart(envelope, envelope.limit(), damage);
    int payloadEnd = envelope.limit() - Integer.BYTES;
    CRC32C crc = new CRC32C();
    crc.update(envelope.slice(0, headerEnd));
    damage.requireChecksum("header", envelope.getInt(headerEnd), (int) crc.getValue());
    crc.update(envelope.slice(headerEnd, payloadEnd - headerEnd));
    damage.requireChecksum("record", envelope.getInt(payloadEnd), (int) crc.getValue());
    return headerOf(envelope, expectedKey, damage);
  }

  /**
   * Returns how many bytes {@link #readHeader} needs, having checked the lengths against the size
   * of the envelope: what to call before allocating by a length that was read.
   *
   * @param first at least the first {@link #FIXED_BYTES} bytes, or all if there are fewer
   * @param totalBytes the size of the whole envelope as it lies in the store
   * @throws DamagedRecordException if magic, version, flags or lengths are not what they must be
   */
  public static int headerBytes(byte[] first, long totalBytes, String store, Object location) {
    return checkFixedPart(ByteBuffer.wrap(first), totalBytes, new Damage(store, location))
        + Integer.BYTES;
  }

  /**
   * Returns what stands before the payload, verified by the header's own checksum. Damage to the
   * payload stays unseen.
   *
   * @param first at least the first {@link #headerBytes} bytes
   * @param totalBytes the size of the whole envelope as it lies in the store
   * @param expectedKey the key that the record must have, or null for any
   * @throws DamagedRecordException as in {@link #decode}
   */
  public static Header readHeader(
      byte[] first, long totalBytes, KeyBytes expectedKey, String store, Object location) {
    Damage damage = new Damage(store, location);
    ByteBuffer in = ByteBuffer.wrap(first);
    int headerEnd = checkFixedPart(in, totalBytes, damage);
    if (first.length < headerEnd + Integer.BYTES) {
      throw damage.found("header", headerEnd + Integer.BYTES + " bytes", first.length + " bytes");
    }
    CRC32C crc = new CRC32C();
    crc.update(first, 0, headerEnd);
    damage.requireChecksum("header", in.getInt(headerEnd), (int) crc.getValue());
    return headerOf(in, expectedKey, damage);
  }

  /** Checks everything before the key and returns where the key ends. */
  private static int checkFixedPart(ByteBuffer in, long totalBytes, Damage damage) {
    if (totalBytes < OVERHEAD_BYTES || in.limit() < FIXED_BYTES) {
      throw damage.found(
          "length",
          "at least " + OVERHEAD_BYTES + " bytes",
          Math.min(totalBytes, in.limit()) + " bytes");
    }
    if (totalBytes > MAX_BYTES) {
      throw damage.found("length", "at most " + MAX_BYTES + " bytes", totalBytes + " bytes");
    }
    int magic = in.getInt(0);
    if (magic != MAGIC) {
      throw damage.found("magic", "%08x".formatted(MAGIC), "%08x".formatted(magic));
    }
    damage.requireByte("format version", FORMAT_VERSION, in.get(4));
    int keyBytes = in.getInt(40);
    int payloadBytes = in.getInt(44);
    if (keyBytes < 0 || payloadBytes < 0) {
      throw damage.found(
          "lengths of key and payload",
          "at least 0 bytes",
          keyBytes + " bytes and " + payloadBytes + " bytes");
    }
    long claimed = (long) OVERHEAD_BYTES + keyBytes + payloadBytes;
    if (claimed != totalBytes) {
      throw damage.found("length", claimed + " bytes by its header", totalBytes + " bytes");
    }
    return FIXED_BYTES + keyBytes;
  }

  private static Header headerOf(ByteBuffer in, KeyBytes expectedKey, Damage damage) {
    KeyBytes key = keyOf(in, expectedKey, damage);
    long version = in.getLong(8);
    if (version <= Store.ABSENT) {
      throw damage.found("version", "more than 0", Long.toString(version));
    }
    try {
      RecordTimes times = new RecordTimes(in.getLong(16), in.getLong(24), in.getLong(32));
      return new Header(
          key,
          version,
          Byte.toUnsignedInt(in.get(6)),
          Byte.toUnsignedInt(in.get(7)),
          times,
          Byte.toUnsignedInt(in.get(5)),
          in.getInt(44));
    } catch (IllegalArgumentException e) {
      throw damage.found("times", "what was written", e.getMessage());
    }
  }

  private static KeyBytes keyOf(ByteBuffer in, KeyBytes expectedKey, Damage damage) {
    int length = in.getInt(40);
    ByteBuffer found = in.slice(FIXED_BYTES, length);
    if (expectedKey != null && expectedKey.asReadOnlyBuffer().equals(found)) {
      return expectedKey;
    }
    byte[] copy = new byte[length];
    found.get(copy);
    KeyBytes key = KeyBytes.of(copy);
    if (expectedKey != null) {
      throw damage.found("key", expectedKey.toString(), key.toString());
    }
    return key;
  }

  /** Makes the messages of damage in one place of one store. */
  record Damage(String store, Object location) {
    DamagedRecordException found(String what, String expected, String found) {
      return new DamagedRecordException(
          "damaged record in %s, %s: expected %s %s, found %s; verify with repair sets it aside"
              .formatted(store, location, what, expected, found));
    }

    void requireByte(String what, int expected, byte found) {
      if (Byte.toUnsignedInt(found) != expected) {
        throw found(what, Integer.toString(expected), Integer.toString(Byte.toUnsignedInt(found)));
      }
    }

    void requireChecksum(String what, int expected, int found) {
      if (expected != found) {
        throw found("CRC32C of the " + what, "%08x".formatted(expected), "%08x".formatted(found));
      }
    }
  }
}
