package io.klepto.archive.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The unique indexes of a table in H2, held against its rows: the engine has no such check of its
 * own. Damage in the pages of an index hides rows that are whole, and lets a second row come under
 * a key that has one.
 *
 * <p>Costs a look-up for each row and index. Others may read and write meanwhile. Used by one
 * thread.
 */
final class H2Indexes {
  private static final int ROWS = 1_000;
  private static final int MOST_TOLD = 10;
  private static final String AGAIN = "_again";

  private final Connection connection;
  private final String quotedTable;

  /**
   * Looks at a table.
   *
   * @param quotedTable its name, quoted, in the schema of the connection
   */
  H2Indexes(Connection connection, String quotedTable) {
    this.connection = connection;
    this.quotedTable = quotedTable;
  }

  /** A row: its number, and the key by which an index has it. */
  @SuppressWarnings("ArrayRecordComponent") // a key; never compared as a whole
  private record Keyed(long row, Object key) {}

  /** Returns what is wrong, at most ten findings for each index; nothing if all is right. */
  List<String> check() throws SQLException {
    List<String> wrong = new ArrayList<>();
    if (primaryKey() == null) { // a repair was broken off
      wrong.add("table " + quotedTable + " has no primary key");
    }
    for (String column : columns().values()) {
      check(column, wrong);
    }
    return wrong;
  }

  /**
   * Returns the columns that have a unique index of their own, quoted, by the name of the index.
   */
  private Map<String, String> columns() throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    List<String> ofSeveral = new ArrayList<>();
    try (ResultSet rows =
        connection
            .getMetaData()
            .getIndexInfo(
                connection.getCatalog(),
                connection.getSchema(),
                unquoted(quotedTable),
                /* unique= */ true,
                /* approximate= */ true)) {
      while (rows.next()) {
        String index = rows.getString("INDEX_NAME");
        if (columns.put(index, quoted(rows.getString("COLUMN_NAME"))) != null) {
          ofSeveral.add(index);
        }
      }
    }
    columns.keySet().removeAll(ofSeveral); // none of ours
    return columns;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String unquoted(String name) {
    return name.substring(1, name.length() - 1).replace("\"\"", "\"");
  }

  private void check(String column, List<String> wrong) throws SQLException {
    int told = 0;
    String page =
        "SELECT _ROWID_, %s FROM %s USE INDEX () WHERE _ROWID_ > ? ORDER BY _ROWID_ LIMIT %d"
            .formatted(column, quotedTable, ROWS);
    long last = Long.MIN_VALUE;
    List<Keyed> rows;
    do {
      rows = rows(page, last);
      for (Keyed row : rows) {
        last = row.row;
        String found = row.key == null || told == MOST_TOLD ? null : finding(column, row);
        if (found != null) {
          wrong.add(found);
          told++;
        }
      }
    } while (rows.size() == ROWS);
  }

  private List<Keyed> rows(String sql, Object parameter) throws SQLException {
    List<Keyed> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, parameter);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(new Keyed(found.getLong(1), found.getObject(2)));
        }
      }
    }
    return rows;
  }

  /** Returns what is wrong with an index for a row, or null. */
  private String finding(String column, Keyed row) throws SQLException {
    String byKey = "SELECT _ROWID_, %s FROM %s WHERE %s = ?".formatted(column, quotedTable, column);
    String byRow =
        "SELECT _ROWID_, %s FROM %s USE INDEX () WHERE _ROWID_ = ?".formatted(column, quotedTable);
    List<Keyed> found = rows(byKey, row.key);
    if (isOnly(row, found)) {
      return null;
    }
    // Another user may have removed the row by now. One that is there before and after is there.
    if (rows(byRow, row.row).isEmpty()) {
      return null;
    }
    List<Keyed> again = rows(byKey, row.key);
    if (isOnly(row, again) || rows(byRow, row.row).isEmpty()) {
      return null;
    }
    return "row %d of table %s is %s by the index of %s"
        .formatted(
            row.row,
            quotedTable,
            again.isEmpty() ? "not found" : "found as row " + again.get(0).row,
            column);
  }

  private static boolean isOnly(Keyed row, List<Keyed> found) {
    return found.size() == 1
        && found.get(0).row == row.row
        && Arrays.deepEquals(new Object[] {found.get(0).key}, new Object[] {row.key});
  }

  /**
   * Makes the index of the primary key, which is one column, anew from the rows. A second one
   * stands by meanwhile, so that no other user can add a key that is there; if there are two rows
   * of one key, that can't be made, and nothing has changed. What was broken off is gone on with.
   *
   * @return whether there is a primary key
   */
  boolean rebuildPrimaryKey() throws SQLException {
    String standby = quotedTable.substring(0, quotedTable.length() - 1) + AGAIN + '"';
    String key = primaryKey();
    if (key != null) {
      Dialect.execute(
          connection,
          "DROP INDEX IF EXISTS " + standby,
          "CREATE UNIQUE INDEX %s ON %s (%s)".formatted(standby, quotedTable, key),
          "ALTER TABLE %s DROP PRIMARY KEY".formatted(quotedTable));
    } else {
      key = columns().get(unquoted(standby));
    }
    if (key == null) {
      return false;
    }
    Dialect.execute(
        connection,
        "ALTER TABLE %s ADD PRIMARY KEY (%s)".formatted(quotedTable, key),
        "DROP INDEX " + standby);
    return true;
  }

  private String primaryKey() throws SQLException {
    try (ResultSet rows =
        connection
            .getMetaData()
            .getPrimaryKeys(
                connection.getCatalog(), connection.getSchema(), unquoted(quotedTable))) {
      return rows.next() ? quoted(rows.getString("COLUMN_NAME")) : null;
    }
  }
}
