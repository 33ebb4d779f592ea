package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.RecordTimes;

/**
 * One entry of an archive: the key as it was given with the value, the value, and what the record
 * says of it.
 *
 * @param key the original key, the same by canonical bytes as the one asked for
 * @param value the value, never null
 * @param version the version of the record, for compare-and-set
 * @param times creation, duration and deadline
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public record ArchiveEntry<K, V>(K key, V value, long version, RecordTimes times) {
  /** Checks that nothing is null. */
  public ArchiveEntry {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    requireNonNull(times, "times");
  }
}
