package io.klepto.jcache.through;

import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.jcache.coherence.Stamp;

/**
 * What was found behind memory.
 *
 * @param value the value, or null if there is none
 * @param key the key that its record keeps, or null if it did not come from the archive
 * @param times the times of its record, or null if it did not come from the archive
 * @param version the version of its record, or 0 if it did not come from the archive
 * @param stamp the stamp of the key before anybody looked; null if there are no stamps
 * @param <V> the type of the value
 */
public record Fetched<V>(V value, Object key, RecordTimes times, long version, Stamp stamp) {
  private static final Fetched<?> NOTHING = new Fetched<>(null, null, null, Store.ABSENT, null);

  /** Returns that there is no value. */
  @SuppressWarnings("unchecked")
  public static <V> Fetched<V> nothing() {
    return (Fetched<V>) NOTHING;
  }

  /** Returns a value that the archive has. */
  public static <V> Fetched<V> archived(ArchiveEntry<?, V> entry) {
    return new Fetched<>(entry.value(), entry.key(), entry.times(), entry.version(), null);
  }

  /** Returns a value that the loader gave, or that there is none. */
  public static <V> Fetched<V> loaded(V valueOrNull) {
    return valueOrNull == null
        ? nothing()
        : new Fetched<>(valueOrNull, null, null, Store.ABSENT, null);
  }

  /** Returns the same, found under a stamp; null for none. */
  public Fetched<V> under(Stamp stampOrNull) {
    return stampOrNull == null ? this : new Fetched<>(value, key, times, version, stampOrNull);
  }

  /** Returns whether the value came from the archive. */
  public boolean isArchived() {
    return times != null;
  }
}
