package io.klepto.archive;

import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;

/**
 * A walk over the records of a store that are not expired when the walk meets them. Used by one
 * thread.
 */
final class LiveRecords implements AutoCloseable {
  private final RecordCursor records;
  private final HighWaterMark mark;

  LiveRecords(RecordCursor records, HighWaterMark mark) {
    this.records = records;
    this.mark = mark;
  }

  /**
   * Returns the next record, or null after the last.
   *
   * @throws DamagedRecordException for a record that can't be read; the walk goes on behind it
   */
  StoreRecord next() {
    StoreRecord record = records.next();
    while (record != null
        && (mark.isOver(record.content().times()) || HighWaterMark.isMark(record))) {
      record = records.next();
    }
    return record;
  }

  @Override
  public void close() {
    records.close();
  }
}
