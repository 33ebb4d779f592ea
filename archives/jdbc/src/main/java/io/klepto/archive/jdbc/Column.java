package io.klepto.archive.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One column of a table.
 *
 * @param name its name, not yet quoted
 * @param nullable whether a row may have nothing in it
 */
record Column(String name, ColumnType type, boolean nullable) {
  /** Returns a column in which every row has something. */
  static Column required(String name, ColumnType type) {
    return new Column(name, type, false);
  }

  /** Returns a column that a row may leave empty. */
  static Column optional(String name, ColumnType type) {
    return new Column(name, type, true);
  }

  /**
   * Returns the value in the current row, null for none. Where there must be one, none is read as 0
   * or false, and the checksum of the row tells.
   */
  Object read(ResultSet rows, int index) throws SQLException {
    Object value = type.read(rows, index);
    return nullable && rows.wasNull() ? null : value;
  }
}
