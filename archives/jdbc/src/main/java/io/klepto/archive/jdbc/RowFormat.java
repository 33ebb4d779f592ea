package io.klepto.archive.jdbc;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * How a record stands in a row, version 1.
 *
 * <pre>
 * key_id    VARBINARY  the primary key: the bytes of the key where they are 1 to 31, otherwise
 *                      their SHA-256
 * version   BIGINT     of the record
 * created   BIGINT     when the value was written, ms since 1970-01-01T00:00Z
 * duration  BIGINT     the time to live granted last, ms; 2^63-1 for no end
 * deadline  BIGINT     when the record expires, ms since 1970-01-01T00:00Z; 2^63-1 for never
 * checksum  INTEGER    CRC32C of the columns before, and of what a native row holds behind
 * record    BLOB       PackedRecordV1; its times are those of the put
 * </pre>
 *
 * <p>The three times and the checksum are null in a packed row until it is touched, and count once
 * they are there: so times can change without the record. No bit of a row can change unseen: id,
 * version and record stand under the checksum in the record, and the times under the one of the
 * row. A {@linkplain NativeRows native} table has more columns, and none of these is null.
 *
 * <p>Immutable; any thread may call.
 */
abstract sealed class RowFormat permits NativeRows, PackedRows {
  /** What {@link #of} makes records in one column of. */
  static final String PACKED = "packed";

  private static final int HASH_BYTES = 32;

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
    return layout.equals(PACKED)
        ? new PackedRows(names, store)
        : NativeRows.of(layout, names, store);
  }

  /**
   * Returns the id of the row of a key: short keys as they are, so that keys that count up lie side
   * by side and a batch of them touches few pages. No other key has the same id.
   */
  static byte[] idOf(KeyBytes key) {
    boolean isShort = key.length() > 0 && key.length() < HASH_BYTES;
    return isShort ? key.bytes() : key.sha256();
  }

  /** Returns whether an id is its key itself, not the digest of it. */
  static boolean isKey(byte[] id) {
    return id.length > 0 && id.length < HASH_BYTES;
  }

  /** Where a row lies; text only when somebody asks. */
  record Place(String table, Row row) {
    @Override
    public String toString() {
      return "table " + table + ", id " + row.idHex();
    }
  }

  /** Returns the text that {@link #of} makes this format of: ASCII letters, digits and spaces. */
  abstract String layout();

  abstract List<Column> columns();

  /**
   * Returns the row of a record.
   *
   * @param id the id of its row
   */
  abstract Row rowOf(StoreRecord record, byte[] id);

  /**
   * Returns the record, its version and id not yet compared with those of the row.
   *
   * @param touched the times that the row has in its columns, null for none
   */
  abstract StoreRecord parse(Row row, RecordTimes touched, KeyBytes expectedKey, Place place);

  /** Returns the checksum of a row that holds a record. */
  abstract int checksum(StoreRecord record, Row row);

  /**
   * Returns the first columns of every table.
   *
   * @param times how times and checksum stand there
   */
  static List<Column> leadingColumns(
      ColumnNames names, BiFunction<String, ColumnType, Column> times) {
    return List.of(
        Column.required(names.id(), ColumnType.ID),
        Column.required(names.version(), ColumnType.BIGINT),
        times.apply(names.created(), ColumnType.BIGINT),
        times.apply(names.duration(), ColumnType.BIGINT),
        times.apply(names.deadline(), ColumnType.BIGINT),
        times.apply(names.checksum(), ColumnType.INTEGER));
  }

  /** Sets the times and the checksum of a row that has all the rest. */
  final void fillTimes(Object[] values, StoreRecord record) {
    RecordTimes times = record.content().times();
    values[Row.CREATED] = times.createdMillis();
    values[Row.DURATION] = times.durationMillis();
    values[Row.DEADLINE] = times.deadlineMillis();
    values[Row.CHECKSUM] = checksum(record, new Row(values));
  }

  /**
   * Returns the record in a row, all of it verified.
   *
   * @param table the name of the table, for messages
   * @param expectedKey the key by whose id the row was found, null for whatever the id tells
   * @throws DamagedRecordException if anything in the row is not what was written
   */
  final StoreRecord recordOf(Row row, String table, KeyBytes expectedKey) {
    Place place = new Place(table, row);
    long version = (Long) row.value(Row.VERSION);
    RecordTimes touched = timesOf(row, place);
    StoreRecord record = parse(row, touched, expectedKey, place);
    if (record.version() != version || version <= Store.ABSENT) {
      throw damaged(place, "version " + record.version(), Long.toString(version));
    }
    if (touched != null) {
      int expected = checksum(record, row);
      if (expected != (Integer) row.value(Row.CHECKSUM)) {
        throw damaged(place, "checksum " + expected, row.value(Row.CHECKSUM).toString());
      }
    }
    if (expectedKey == null && !Arrays.equals(idOf(record.key()), row.id())) {
      throw damaged(place, "the id of " + record.key(), "another");
    }
    return record;
  }

  /** Returns the times in the columns; null if there are none, nor a checksum. */
  private RecordTimes timesOf(Row row, Place place) {
    int nulls = 0;
    for (int i = Row.CREATED; i <= Row.CHECKSUM; i++) {
      nulls += row.value(i) == null ? 1 : 0;
    }
    if (nulls == Row.CHECKSUM + 1 - Row.CREATED) {
      return null;
    } else if (nulls > 0) {
      throw damaged(place, "all times and a checksum, or none", nulls + " of them missing");
    }
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
    for (int i = 0; i < values.length; i++) {
      values[i] = row.value(i);
    }
    fillTimes(values, touched);
    return new Row(values);
  }
}
