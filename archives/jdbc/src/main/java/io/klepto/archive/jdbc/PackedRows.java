package io.klepto.archive.jdbc;

import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.List;

/** Records as bytes in one column, as {@link PackedRecordV1} draws them. */
final class PackedRows extends RowFormat {
  private static final int COLUMNS = Row.RECORD + 1;

  private final List<Column> columns;

  PackedRows(ColumnNames names, String store) {
    super(store);
    List<Column> all = new ArrayList<>(leadingColumns(names, Column::optional));
    all.add(Column.required(names.record(), ColumnType.BYTES));
    this.columns = List.copyOf(all);
  }

  @Override
  String layout() {
    return PACKED;
  }

  @Override
  List<Column> columns() {
    return columns;
  }

  @Override
  Row rowOf(StoreRecord record, byte[] id) {
    Object[] values = new Object[COLUMNS];
    values[Row.ID] = id;
    values[Row.VERSION] = record.version();
    values[Row.RECORD] = PackedRecordV1.encode(record, id);
    return new Row(values);
  }

  @Override
  StoreRecord parse(Row row, RecordTimes touched, KeyBytes expectedKey, Place place) {
    if (!(row.value(Row.RECORD) instanceof byte[] bytes)) {
      throw damaged(place, "a record", "none");
    }
    long version = (Long) row.value(Row.VERSION);
    if (version <= Store.ABSENT) {
      throw damaged(place, "a version of more than 0", Long.toString(version));
    }
    StoreRecord put =
        PackedRecordV1.decode(
            bytes,
            row.id(),
            version,
            expectedKey,
            (expected, found) -> damaged(place, expected, found));
    return touched == null
        ? put
        : new StoreRecord(put.key(), put.version(), put.content().withTimes(touched));
  }

  @Override
  int checksum(StoreRecord record, Row row) {
    return RowChecksum.ofFrame(row.id(), record);
  }
}
