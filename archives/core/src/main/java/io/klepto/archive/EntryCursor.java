package io.klepto.archive;

import io.klepto.archive.store.StoreRecord;

/**
 * A walk that decodes each entry as it comes to it. Used by one thread.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class EntryCursor<K, V> implements ArchiveCursor<K, V> {
  private final LiveRecords records;
  private final EntryFormat<K, V> format;

  EntryCursor(LiveRecords records, EntryFormat<K, V> format) {
    this.records = records;
    this.format = format;
  }

  @Override
  public ArchiveEntry<K, V> next() {
    StoreRecord record = records.next();
    return record == null ? null : format.entry(record);
  }

  @Override
  public void close() {
    records.close();
  }
}
