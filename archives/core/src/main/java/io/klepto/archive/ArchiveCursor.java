package io.klepto.archive;

/**
 * A walk over the entries of an archive that are not expired, in no particular order, weakly
 * consistent. Used by one thread, unless it {@link #isShareable}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface ArchiveCursor<K, V> extends AutoCloseable {
  /**
   * Returns the next entry, or null after the last.
   *
   * @throws ArchiveException for an entry that can't be read or decoded; the walk goes on behind it
   *     with the next call
   */
  ArchiveEntry<K, V> next();

  /**
   * Returns whether several threads may call {@link #next} at once, each getting other entries; if
   * one got null, all do.
   */
  default boolean isShareable() {
    return false;
  }

  /** Lets go of what the walk holds open. */
  @Override
  void close();
}
