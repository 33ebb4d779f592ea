package io.klepto.archive.store;

import io.klepto.archive.ArchiveException;

/**
 * A walk over the records of a store, in no particular order.
 *
 * <p>Weakly consistent: a record that is present for the whole walk is seen exactly once; one that
 * is written or removed meanwhile is seen once or not at all. Used by one thread.
 */
public interface RecordCursor extends AutoCloseable {
  /**
   * Returns the next record, or null after the last.
   *
   * @throws io.klepto.archive.DamagedRecordException for a record that can't be read; the walk goes
   *     on behind it with the next call
   * @throws ArchiveException if the store can't be read at all
   */
  StoreRecord next();

  /** Lets go of what the walk holds open. */
  @Override
  void close();
}
