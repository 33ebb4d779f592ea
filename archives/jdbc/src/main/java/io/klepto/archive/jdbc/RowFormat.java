package io.klepto.archive.jdbc;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.Arrays;
import java.util.List;

/**
 * How a record stands in a row, version 1.
 *
 * <pre>
 * key_hash  32 bytes   SHA-256 of the key's bytes, the primary key
 * version   BIGINT     of the record
 * created   BIGINT     when the value was written, ms since 1970-01-01T00:00Z
 * duration  BIGINT     the time to live granted last, ms; 2^63-1 for no end
 * deadline  BIGINT     when the record expires, ms since 1970-01-01T00:00Z; 2^63-1 for never
 * checksum  INTEGER    CRC32C of the columns before, and of what a native row holds behind
 * record    BLOB       EnvelopeV1; its times are those of the put, those above count
 * </pre>
 *
 * <p>So the times can change without the envelope, and no bit of a row can change unseen: key and
 * payload stand under the checksums of the envelope, the rest under the one of the row, which also
 * covers the hash. A {@linkplain NativeRows native} table has more columns.
 *
 * <p>Immutable; any thread may call.
 */
abstract sealed class RowFormat permits EnvelopeRows, NativeRows {
  /** What {@link #of} makes records in one column of. */
  static final String ENVELOPE = "envelope";

  private final String store;

  RowFormat(String store) {
    this.store = store;
  }

  /**
   * Returns the format that a {@link #layout} tells of, or null if there is no such.
   *
   * @param store the name of the store, for messages
   */
  static RowFormat of(String layout, ColumnNames names, String store) {
    return layout.equals(ENVELOPE)
        ? new EnvelopeRows(names, store)
        : NativeRows.of(layout, names, store);
  }

  /** Where a row lies; text only when somebody asks. */
  record Place(String table, Row row) {
    @Override
    public String toString() {
      return "table " + table + ", key hash " + row.hashHex();
    }
  }

  /** Returns the text that {@link #of} makes this format of: ASCII letters, digits and spaces. */
  abstract String layout();

  abstract List<Column> columns();

  /**
   * Returns the row of a record.
   *
   * @param hash the SHA-256 of its key
   */
  abstract Row rowOf(StoreRecord record, byte[] hash);

  /** Returns the record without looking at checksum and hash. */
  abstract StoreRecord parse(Row row, RecordTimes times, KeyBytes expectedKey, Place place);

  /** Returns the checksum of a row that holds a record. */
  abstract int checksum(StoreRecord record, Row row);

  /** Returns the first columns of every table. */
  static List<Column> leadingColumns(ColumnNames names) {
    return List.of(
        Column.required(names.hash(), ColumnType.HASH),
        Column.required(names.version(), ColumnType.BIGINT),
        Column.required(names.created(), ColumnType.BIGINT),
        Column.required(names.duration(), ColumnType.BIGINT),
        Column.required(names.deadline(), ColumnType.BIGINT),
        Column.required(names.checksum(), ColumnType.INTEGER));
  }

  /** Sets what {@link #leadingColumns} hold, but for the checksum. */
  static void fillLeading(Object[] values, StoreRecord record, byte[] hash) {
    RecordTimes times = record.content().times();
    values[Row.HASH] = hash;
    values[Row.VERSION] = record.version();
    values[Row.CREATED] = times.createdMillis();
    values[Row.DURATION] = times.durationMillis();
    values[Row.DEADLINE] = times.deadlineMillis();
  }

  /**
   * Returns the record in a row, all of it verified.
   *
   * @param table the name of the table, for messages
   * @param expectedKey the key by whose hash the row was found, null for whatever the hash tells
   * @throws DamagedRecordException if anything in the row is not what was written
   */
  final StoreRecord recordOf(Row row, String table, KeyBytes expectedKey) {
    Place place = new Place(table, row);
    long version = (Long) row.value(Row.VERSION);
    RecordTimes times = timesOf(row, place);
    StoreRecord record = parse(row, times, expectedKey, place);
    if (record.version() != version || version <= Store.ABSENT) {
      throw damaged(place, "version " + record.version(), Long.toString(version));
    }
    int checksum = (Integer) row.value(Row.CHECKSUM);
    int expected = checksum(record, row);
    if (checksum != expected) {
      throw damaged(place, "checksum " + expected, Integer.toString(checksum));
    }
    if (expectedKey == null && !Arrays.equals(record.key().sha256(), row.hash())) {
      throw damaged(place, "the hash of " + record.key(), "another");
    }
    return record;
  }

  private RecordTimes timesOf(Row row, Place place) {
    try {
      return new RecordTimes(
          (Long) row.value(Row.CREATED),
          (Long) row.value(Row.DURATION),
          (Long) row.value(Row.DEADLINE));
    } catch (IllegalArgumentException e) {
      throw damaged(place, "the times that were written", e.getMessage());
    }
  }

  final DamagedRecordException damaged(Place place, String expected, String found) {
    return new DamagedRecordException(
        "damaged record in %s, %s: expected %s, found %s; verify with repair sets it aside"
            .formatted(store, place, expected, found));
  }

  final String store() {
    return store;
  }

  /** Returns the row of a record that is in a row already, with other times. */
  final Row touched(StoreRecord record, Row row, RecordTimes times) {
    StoreRecord touched =
        new StoreRecord(record.key(), record.version(), record.content().withTimes(times));
    Object[] values = new Object[row.columns()];
    for (int i = Row.RECORD; i < values.length; i++) {
      values[i] = row.value(i);
    }
    fillLeading(values, touched, row.hash());
    Row fresh = new Row(values);
    values[Row.CHECKSUM] = checksum(touched, fresh);
    return fresh;
  }
}
