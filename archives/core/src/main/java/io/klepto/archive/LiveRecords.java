package io.klepto.archive;

import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;
import java.time.InstantSource;

/**
 * A walk over the records of a store that are not expired when the walk meets them. Used by one
 * thread.
 */
final class LiveRecords implements AutoCloseable {
  private final RecordCursor records;
  private final InstantSource clock;

  LiveRecords(RecordCursor records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Returns the next record, or null after the last.
   *
   * @throws DamagedRecordException for a record that can't be read; the walk goes on behind it
   */
  StoreRecord next() {
    StoreRecord record = records.next();
    while (record != null && record.content().times().isExpiredAt(clock.millis())) {
      record = records.next();
    }
    return record;
  }

  @Override
  public void close() {
    records.close();
  }
}
