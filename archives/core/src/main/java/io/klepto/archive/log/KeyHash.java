package io.klepto.archive.log;

import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;

/**
 * The first 128 bits of the SHA-256 of a key: by them the index tells keys apart. The key itself
 * stands in each record and is compared when it is read.
 *
 * @param high the first 64 bits
 * @param low the next 64 bits
 */
record KeyHash(long high, long low) {
  /** The hash in records that belong to no key. */
  static final KeyHash NONE = new KeyHash(0, 0);

  static KeyHash of(KeyBytes key) {
    ByteBuffer digest = ByteBuffer.wrap(key.sha256());
    return new KeyHash(digest.getLong(), digest.getLong());
  }

  @Override
  public String toString() {
    return "SHA-256 %016x%016x…".formatted(high, low);
  }
}
