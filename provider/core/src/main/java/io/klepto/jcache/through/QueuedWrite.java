package io.klepto.jcache.through;

import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.KeyBytes;

/**
 * A change of one entry that has not reached the archive yet.
 *
 * @param id the key as the archive tells keys apart
 * @param key the key
 * @param valueOrNull the value to write; null if the entry is to be removed
 * @param timesOrNull its times; null if the entry is to be removed
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
record QueuedWrite<K, V>(KeyBytes id, K key, V valueOrNull, RecordTimes timesOrNull) {
  /** Returns whether the entry is to be removed. */
  boolean isRemoval() {
    return valueOrNull == null;
  }

  /** Returns whether there is an entry at the given time, once this is written. */
  boolean isLiveAt(long wallMillis) {
    return valueOrNull != null && !timesOrNull.isExpiredAt(wallMillis);
  }

  /** Each write is its own: the application's keys and values are not asked. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return (isRemoval() ? "removal of " : "value of ") + key;
  }
}
