package io.klepto.archive.jdbc;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;

/**
 * A table that is there, and how records stand in it.
 *
 * @param table the table
 * @param format the format of its rows
 */
record OpenTable(JdbcTable table, RowFormat format) {
  /**
   * Returns the record in a row, all of it verified; null for no row.
   *
   * @param expectedKey the key that it must have, null for the one that the id tells
   * @throws DamagedRecordException if anything in the row is not what was written
   */
  StoreRecord recordOf(Row row, KeyBytes expectedKey) {
    return row == null ? null : format.recordOf(row, table.name(), expectedKey);
  }
}
