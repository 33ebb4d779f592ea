package io.klepto.archive;

import io.klepto.archive.store.StoreRecord;

/**
 * A walk that decodes each entry as it comes to it. Several threads may share it: each entry goes
 * to one of them, and they decode at the same time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class EntryCursor<K, V> implements ArchiveCursor<K, V> {
  private final LiveRecords records;
  private final EntryFormat<K, V> format;
  private boolean atEnd; // guarded by this

  EntryCursor(LiveRecords records, EntryFormat<K, V> format) {
    this.records = records;
    this.format = format;
  }

  @Override
  public ArchiveEntry<K, V> next() {
    StoreRecord record = nextRecord();
    return record == null ? null : format.entry(record);
  }

  private synchronized StoreRecord nextRecord() {
    StoreRecord record = atEnd ? null : records.next();
    atEnd = record == null;
    return record;
  }

  @Override
  public boolean isShareable() {
    return true;
  }

  @Override
  public void close() {
    records.close();
  }
}
