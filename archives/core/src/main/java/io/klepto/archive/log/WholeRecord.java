package io.klepto.archive.log;

import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;

/**
 * A record as it was read, header and body verified.
 *
 * @param header its header
 * @param offset where it begins
 * @param body its body, padding included, from 0 to the capacity
 */
record WholeRecord(RecordHeader header, long offset, ByteBuffer body) {
  private static final int KEY_AT = RecordFormatV1.TIMES_BYTES;

  /** Returns the payload. */
  byte[] payload() {
    byte[] payload = new byte[header.payloadBytes()];
    body.get((int) header.contentBytes() - payload.length, payload);
    return payload;
  }

  /**
   * Returns the three times; only values and touches have them.
   *
   * @throws IllegalArgumentException if there can't be such times
   */
  RecordTimes times() {
    return new RecordTimes(body.getLong(0), body.getLong(8), body.getLong(16));
  }

  /** Returns where the value lies that a touch means. */
  long valueOffset() {
    return body.getLong(RecordFormatV1.TIMES_BYTES);
  }

  /** Returns the key of a value. */
  KeyBytes key() {
    byte[] key = new byte[header.keyBytes()];
    body.get(KEY_AT, key);
    return KeyBytes.of(key);
  }

  /** Returns whether a value has that key. */
  boolean hasKey(KeyBytes key) {
    return key.asReadOnlyBuffer().equals(body.slice(KEY_AT, header.keyBytes()));
  }
}
