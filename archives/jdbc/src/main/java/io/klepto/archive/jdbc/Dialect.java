package io.klepto.archive.jdbc;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What one engine does in its own way: names, types, batches, error codes, durability.
 *
 * <p>Immutable; any thread may call. Statements run on the connection that is passed, in a thread
 * that nobody interrupts.
 */
abstract sealed class Dialect permits H2Dialect, PostgresDialect, MariaDbDialect, SqliteDialect {
  private static final int MAX_CAUSES = 16;
  private static final int NUMBER_BYTES = 24;
  private static final int MOST_CHAR_BYTES = 3;

  /** Returns the mark around quoted names. */
  abstract char quoteMark();

  /** Returns the length of the longest name, in units of {@link #nameLength}. */
  abstract int maxNameLength();

  /** Returns the length of a name as the engine counts. */
  int nameLength(String name) {
    return name.length();
  }

  /** Returns whether a name of an allowed length can be used, for what only this engine refuses. */
  boolean takesName(String name) {
    return true;
  }

  /** Returns the engine's type. */
  abstract String typeOf(ColumnType type);

  /** Returns what follows the closing parenthesis of a table's definition. */
  String tableOptions() {
    return "";
  }

  /** Returns the kind of one failure, not looking at its causes; OTHER if it says nothing. */
  abstract FailureKind kindOfOne(SQLException failure);

  /** Returns what the driver is told beside the URL, user and password. */
  abstract Properties properties(Access access);

  /** Makes a fresh connection ours: timeouts, and what durability needs. */
  abstract void prepare(Connection connection, Access access) throws SQLException;

  /**
   * Opens the first connections of a pool.
   *
   * @throws SQLException also if the engine would open the database without some of what was
   *     committed
   */
  <T> T open(JdbcUrl url, ConnectionPool.Work<T> opening) throws SQLException {
    return opening.run();
  }

  /** Returns what a commit has reached when it returns. */
  abstract Durability durability(Connection connection, boolean forced) throws SQLException;

  /** Returns what forces on disk what has been committed, after each write; null if nothing. */
  String forcingStatement() {
    return null;
  }

  /** Returns how to get a durability of {@code sync}, for the message that it is not there. */
  abstract String syncRemedy();

  /** Brings to the disk what is committed. */
  abstract void sync(Connection connection) throws SQLException;

  /** Gives back the space of what was removed, as far as that hinders nobody. */
  abstract void compact(Connection connection, String quotedTable) throws SQLException;

  /** Returns what this database can do, whatever is stored how. */
  abstract Set<Capability> capabilities();

  /** Returns the URL with the settings that our promises need, unless it has its own. */
  String url(JdbcUrl url) {
    return url.text();
  }

  /** Returns whether only one connection at a time can write. */
  boolean hasOneWriter() {
    return false;
  }

  /** Returns whether a pool may give up connections for no reason but their age. */
  boolean mayRetireConnections() {
    return true;
  }

  /** Returns whether a failure to connect will soon pass by itself. */
  boolean isPassing(SQLException failureToConnect) {
    return false;
  }

  /** Returns what the engine finds wrong with a table by its own means. */
  List<String> check(Connection connection, String quotedTable) throws SQLException {
    return List.of();
  }

  /**
   * Makes anew, by the engine's own means, what it keeps twice: its indexes, from the rows. Called
   * for a table with which {@link #check} has found something wrong.
   *
   * @return whether there was anything to do
   */
  boolean rebuildIndexes(Connection connection, String quotedTable) throws SQLException {
    return false;
  }

  /** Returns what ends a query for a row that is to be changed next. */
  String forUpdate() {
    return " FOR UPDATE";
  }

  /** Returns the length of a column in bytes, as an expression. */
  String byteLength(String quotedColumn) {
    return "OCTET_LENGTH(" + quotedColumn + ")";
  }

  /** Returns a column's definition with a remark that {@link #remark} finds. */
  String withRemark(String columnDefinition, String remark) {
    return columnDefinition + " COMMENT '" + remark + "'";
  }

  /** Attaches what {@link #withRemark} could not. */
  void attachRemark(Connection connection, String quotedTable, String quotedColumn, String remark)
      throws SQLException {}

  /** Returns the remark of a column. */
  Optional<String> remark(Connection connection, String table, String column) throws SQLException {
    String escape = connection.getMetaData().getSearchStringEscape();
    try (ResultSet columns =
        connection
            .getMetaData()
            .getColumns(
                connection.getCatalog(),
                connection.getSchema(),
                pattern(table, escape),
                pattern(column, escape))) {
      while (columns.next()) {
        if (columns.getString("TABLE_NAME").equals(table)
            && columns.getString("COLUMN_NAME").equals(column)) {
          return Optional.ofNullable(columns.getString("REMARKS"));
        }
      }
      return Optional.empty();
    }
  }

  private static String pattern(String name, String escape) {
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  /** Returns how many bytes a statement may have with all its values. */
  long mostStatementBytes(Connection connection) throws SQLException {
    return Long.MAX_VALUE;
  }

  /** Returns what sets {@link #mostStatementBytes}, for a message. */
  String sizeLimit() {
    return "the most that this engine takes";
  }

  /** Returns how many bytes a row has in a statement, roughly. */
  long statementBytes(Row row) {
    long bytes = 0;
    for (int i = 0; i < row.columns(); i++) {
      bytes += row.value(i) instanceof byte[] some ? some.length : valueBytes(row.value(i));
    }
    return bytes;
  }

  /** Returns how many bytes a value that is no array of bytes has at most. */
  static long valueBytes(Object value) {
    return value instanceof String text ? (long) MOST_CHAR_BYTES * text.length() : NUMBER_BYTES;
  }

  /** Returns how many rows a batch has at most. */
  int batchRows() {
    return 1_000;
  }

  /** Returns how many rows are asked for in one list; prepared once for all lists of a batch. */
  int listedRows() {
    return 500;
  }

  /** Inserts a row unless its key is there; returns whether it did. */
  boolean insertIfAbsent(Connection connection, JdbcTable table, Row row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
      table.bind(statement, 1, row);
      statement.executeUpdate();
      return true;
    } catch (SQLException e) {
      return requireDuplicate(e);
    }
  }

  /** Returns false for a key that is there, and throws any other failure. */
  final boolean requireDuplicate(SQLException failure) throws SQLException {
    if (kindOf(failure) != FailureKind.DUPLICATE) {
      throw failure;
    }
    return false;
  }

  /**
   * Returns the statement that writes a row whether its key is there or not, but leaves one that is
   * there in a version as great as the new one, or greater, as it is.
   */
  abstract String upsert(JdbcTable table);

  /**
   * Writes rows, none of which shares its key with another, within the transaction that is open.
   *
   * @return false if not all of them could be written, as one that is there has a version as great
   *     as the new one, or another user meddled; the transaction has to be rolled back then
   */
  boolean upsertAll(Connection connection, JdbcTable table, List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(upsert(table))) {
      for (Row row : rows) {
        table.bind(statement, 1, row);
        statement.addBatch();
      }
      for (int count : statement.executeBatch()) {
        if (count != 1) {
          return false;
        }
      }
      return true;
    }
  }

  /** Returns the rows that there are with the given ids, in any order. */
  List<Row> selectAll(Connection connection, JdbcTable table, List<byte[]> ids)
      throws SQLException {
    int atOnce = Math.min(ids.size(), listedRows());
    try (PreparedStatement statement = connection.prepareStatement(table.selectIn(atOnce))) {
      List<Row> rows = new ArrayList<>(ids.size());
      for (int from = 0; from < ids.size(); from += atOnce) {
        for (int i = 0; i < atOnce; i++) { // a last list that is short ends in the same id
          statement.setBytes(i + 1, ids.get(Math.min(from + i, ids.size() - 1)));
        }
        table.columns().readAll(statement, rows);
      }
      return rows;
    }
  }

  /** Removes rows that still have the version expected; returns for each whether it had. */
  boolean[] deleteAll(Connection connection, JdbcTable table, List<byte[]> ids, long[] expected)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(table.deleteVersion())) {
      for (int i = 0; i < expected.length; i++) {
        statement.setBytes(1, ids.get(i));
        statement.setLong(2, expected[i]);
        statement.addBatch();
      }
      return changed(statement.executeBatch());
    }
  }

  private static boolean[] changed(int[] counts) {
    boolean[] changed = new boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      changed[i] = counts[i] == 1;
    }
    return changed;
  }

  /** Returns what lies behind a failure: the first of its causes that tells. */
  final FailureKind kindOf(SQLException failure) {
    List<SQLException> all = causes(failure);
    for (SQLException one : all) {
      FailureKind kind = kindOfOne(one);
      if (kind != FailureKind.OTHER) {
        return kind;
      }
    }
    for (SQLException one : all) {
      FailureKind kind = kindOfState(one.getSQLState());
      if (kind != FailureKind.OTHER) {
        return kind;
      }
    }
    return FailureKind.OTHER;
  }

  /** Returns a failure and what caused it, as far as SQL goes. */
  static List<SQLException> causes(SQLException failure) {
    List<SQLException> all = new ArrayList<>();
    collect(failure, all);
    return all;
  }

  /** Collects along the causes, and of a batch along those of what it failed by. */
  private static void collect(Throwable failure, List<SQLException> into) {
    Throwable cause = failure;
    while (cause != null && into.size() < MAX_CAUSES) {
      if (cause instanceof SQLException sql) {
        into.add(sql);
        if (sql instanceof BatchUpdateException) {
          collect(sql.getNextException(), into);
        }
      }
      cause = cause.getCause();
    }
  }

  /** Returns the kind that the standard gives to a state. */
  private static FailureKind kindOfState(String state) {
    if (state == null) {
      return FailureKind.OTHER;
    } else if (state.startsWith("08")) {
      return FailureKind.LOST;
    } else if (state.startsWith("28")) {
      return FailureKind.DENIED;
    } else if (state.startsWith("40")) {
      return FailureKind.CONTENDED;
    } else if (state.equals("23505")) {
      return FailureKind.DUPLICATE;
    } else if (state.equals("42S02") || state.equals("42S04")) {
      return FailureKind.NO_TABLE;
    } else if (state.equals("42S01")) {
      return FailureKind.TABLE_EXISTS;
    }
    return FailureKind.OTHER;
  }

  /** Returns a name in quotes; it has been checked. */
  final String quoted(String name) {
    String mark = String.valueOf(quoteMark());
    return mark + name.replace(mark, mark + mark) + mark;
  }

  /**
   * Returns why a name can't be used, or null if it can.
   *
   * @param reserved how much of the allowed length is needed for what we append
   */
  final String refusal(String name, int reserved) {
    int max = maxNameLength() - reserved;
    if (name.isEmpty() || nameLength(name) > max) {
      return "1 to " + max + " characters or bytes";
    }
    boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(name);
    if (!wellFormed || name.indexOf('\0') >= 0 || !takesName(name)) {
      return "characters that this database takes in a name";
    }
    return null;
  }

  static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns the first column of the first row of a query, null if there is none. */
  static String queryText(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
