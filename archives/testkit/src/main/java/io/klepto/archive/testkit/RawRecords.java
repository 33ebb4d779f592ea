package io.klepto.archive.testkit;

import io.klepto.keymap.KeyBytes;

/** The bytes of records as they lie in the back-end, behind the back of the store. */
public interface RawRecords {
  /** Returns a copy of all bytes of a record: envelope and whatever frames it. */
  byte[] read(String namespace, KeyBytes key);

  /** Puts other bytes in their place. */
  void write(String namespace, KeyBytes key, byte[] bytes);

  /** Returns whether {@link #write} takes fewer bytes than there were. */
  default boolean canTruncate() {
    return true;
  }
}
