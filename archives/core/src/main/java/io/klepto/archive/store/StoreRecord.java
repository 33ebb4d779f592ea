package io.klepto.archive.store;

import static java.util.Objects.requireNonNull;

import io.klepto.keymap.KeyBytes;

/**
 * One record as it lies in a store.
 *
 * @param key the canonical bytes of its key
 * @param version greater than the version of any record that it replaced; never {@link
 *     Store#ABSENT}
 * @param content payload, codec and times
 */
public record StoreRecord(KeyBytes key, long version, RecordContent content) {
  /** Checks that nothing is null and that the version is one of a present record. */
  public StoreRecord {
    requireNonNull(key, "key");
    requireNonNull(content, "content");
    if (version <= Store.ABSENT) {
      throw new IllegalArgumentException("version: expected more than 0, found " + version);
    }
  }
}
