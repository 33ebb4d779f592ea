package io.klepto.archive.jdbc;

import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.List;

/** Records as envelopes in one column of bytes. */
final class EnvelopeRows extends RowFormat {
  private static final int COLUMNS = Row.RECORD + 1;

  private final List<Column> columns;

  EnvelopeRows(ColumnNames names, String store) {
    super(store);
    List<Column> all = new ArrayList<>(leadingColumns(names, Column::optional));
    all.add(Column.required(names.record(), ColumnType.BYTES));
    this.columns = List.copyOf(all);
  }

  @Override
  String layout() {
    return ENVELOPE;
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
    values[Row.RECORD] = EnvelopeV1.encode(record);
    return new Row(values);
  }

  @Override
  StoreRecord parse(Row row, RecordTimes touched, KeyBytes expectedKey, Place place) {
    if (!(row.value(Row.RECORD) instanceof byte[] envelope)) {
      throw damaged(place, "an envelope", "none");
    }
    StoreRecord put = EnvelopeV1.decode(envelope, expectedKey, store(), place);
    return touched == null
        ? put
        : new StoreRecord(put.key(), put.version(), put.content().withTimes(touched));
  }

  @Override
  int checksum(StoreRecord record, Row row) {
    return RowChecksum.ofFrame(row.id(), record);
  }
}
