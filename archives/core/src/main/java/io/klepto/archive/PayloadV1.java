package io.klepto.archive;

import java.nio.ByteBuffer;

/**
 * How an archive lays the key and the value of an entry into the payload of a record, version 1.
 * Numbers are big-endian.
 *
 * <pre>
 * offset   bytes   what
 *      0       1   version of this layout: 1
 *      1       4   k, the length of the encoded key in bytes;
 *                  0 if the canonical bytes of the record give the key back
 *      5       k   the key, as the codec of the record encodes it
 *    5+k    rest   the value, as the codec of the record encodes it
 * </pre>
 *
 * <p>Codec, codec version, times and checksum belong to the record around it. Immutable.
 */
final class PayloadV1 {
  private static final byte VERSION = 1;
  private static final int HEADER_LENGTH = 1 + Integer.BYTES;

  /** The longest array that every JVM can make. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private final int keyLength;
  private final int valueLength;

  private PayloadV1(int keyLength, int valueLength) {
    this.keyLength = keyLength;
    this.valueLength = valueLength;
  }

  /**
   * Returns the bytes of a payload.
   *
   * @param key the encoded key, empty if the canonical bytes give it back
   * @throws ArchiveException if both together are longer than an array can be
   */
  static byte[] join(byte[] key, byte[] value) {
    long length = (long) HEADER_LENGTH + key.length + value.length;
    if (length > MAX_LENGTH) {
      throw new ArchiveException(
          "payload: expected at most " + MAX_LENGTH + " bytes, found " + length);
    }
    return ByteBuffer.allocate((int) length)
        .put(VERSION)
        .putInt(key.length)
        .put(key)
        .put(value)
        .array();
  }

  /**
   * Returns where key and value lie in a payload.
   *
   * @throws DamagedRecordException if they are none of this version, or name a length that they
   *     don't have
   */
  static PayloadV1 of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }

  /** Returns the same of a payload that begins at a buffer's position and ends at its limit. */
  static PayloadV1 of(ByteBuffer bytes) {
    ByteBuffer header = bytes.slice();
    if (header.remaining() < HEADER_LENGTH) {
      throw new DamagedRecordException(
          "payload: expected at least " + HEADER_LENGTH + " bytes, found " + header.remaining());
    }
    int version = Byte.toUnsignedInt(header.get());
    if (version != VERSION) {
      throw new DamagedRecordException(
          "payload: expected layout version " + VERSION + ", found " + version);
    }
    int keyLength = header.getInt();
    if (keyLength < 0 || keyLength > header.remaining()) {
      throw new DamagedRecordException(
          "payload: expected a key of 0 to "
              + header.remaining()
              + " bytes, which is what is left, found a length of "
              + keyLength);
    }
    return new PayloadV1(keyLength, header.remaining() - keyLength);
  }

  /** Returns whether the key stands here; otherwise the canonical bytes of the record give it. */
  boolean hasKey() {
    return keyLength > 0;
  }

  /** Returns where the encoded key begins. */
  int keyOffset() {
    return HEADER_LENGTH;
  }

  /** Returns the length of the encoded key in bytes. */
  int keyLength() {
    return keyLength;
  }

  /** Returns where the encoded value begins. */
  int valueOffset() {
    return HEADER_LENGTH + keyLength;
  }

  /** Returns the length of the encoded value in bytes. */
  int valueLength() {
    return valueLength;
  }
}
