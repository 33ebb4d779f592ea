package io.klepto.archive.jdbc;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One table of rows, and the statements over it. Immutable; any thread may call, each with a
 * connection of its own.
 */
final class JdbcTable {
  /** What the name of a table is followed by in the name of its quarantine. */
  static final String QUARANTINE_SUFFIX = "_set_aside";

  private static final String REASON = "reason";
  private static final String SET_ASIDE = "set_aside_millis";

  private final Dialect dialect;
  private final String name;
  private final RowColumns columns;
  private final String quotedName;
  private final String idColumn;
  private final String versionColumn;
  private final String select;
  private final String insert;
  private final String selectOne;
  private final String update;
  private final String touch;
  private final String deleteVersion;
  private final String pageFirst;
  private final String pageNext;

  /**
   * Describes a table, which need not be there yet.
   *
   * @param name its name, checked, not quoted
   * @param columns as {@link RowFormat#columns} has them
   */
  JdbcTable(Dialect dialect, String name, List<Column> columns) {
    this.dialect = dialect;
    this.name = name;
    this.columns = new RowColumns(dialect, columns);
    this.quotedName = dialect.quoted(name);
    this.idColumn = this.columns.quoted(Row.ID);
    this.versionColumn = this.columns.quoted(Row.VERSION);
    this.insert = insertRows(1);
    this.select = "SELECT %s FROM %s".formatted(this.columns.selected(), quotedName);
    this.selectOne = select + " WHERE " + idColumn + " = ?";
    this.update =
        "UPDATE %s SET %s WHERE %s = ? AND %s = ?"
            .formatted(quotedName, assignments(Row.VERSION, c -> "?"), idColumn, versionColumn);
    this.touch =
        "UPDATE %s SET %s WHERE %s = ? AND %s = ?"
            .formatted(quotedName, this.columns.touchingAssignments(), idColumn, versionColumn);
    this.deleteVersion =
        "DELETE FROM %s WHERE %s = ? AND %s = ?".formatted(quotedName, idColumn, versionColumn);
    String lengths =
        columns.subList(Row.RECORD, columns.size()).stream()
            .filter(c -> c.type() == ColumnType.BYTES || c.type() == ColumnType.TEXT)
            .map(c -> "COALESCE(" + dialect.byteLength(dialect.quoted(c.name())) + ", 0)")
            .collect(Collectors.joining(" + "));
    String page = "SELECT " + idColumn + ", " + lengths + " FROM " + quotedName;
    String order = " ORDER BY " + idColumn + " LIMIT ?";
    this.pageFirst = page + order;
    this.pageNext = page + " WHERE " + idColumn + " > ?" + order;
  }

  private String assignments(int from, Function<Column, String> value) {
    return columns.assignments(from, value);
  }

  private static String repeat(String text, int times) {
    return String.join(", ", Collections.nCopies(times, text));
  }

  String name() {
    return name;
  }

  String quotedName() {
    return quotedName;
  }

  RowColumns columns() {
    return columns;
  }

  String insert() {
    return insert;
  }

  String deleteVersion() {
    return deleteVersion;
  }

  /**
   * Returns an insertion that replaces the rows that are there in a lower version, as PostgreSQL
   * and SQLite say it.
   */
  String upsertOnConflict(String insertion) {
    return "%s ON CONFLICT (%s) DO UPDATE SET %s WHERE %s.%s < excluded.%s"
        .formatted(
            insertion,
            idColumn,
            assignments(Row.VERSION, column -> "excluded." + dialect.quoted(column.name())),
            quotedName,
            versionColumn,
            versionColumn);
  }

  String insertRows(int rows) {
    return "INSERT INTO %s (%s) VALUES %s"
        .formatted(quotedName, columns.insertedNames(), repeat(columns.insertedValues(), rows));
  }

  String selectIn(int ids) {
    return select + " WHERE " + idColumn + " IN (" + repeat("?", ids) + ")";
  }

  String selectAny() {
    return select + " WHERE " + idColumn + " = ANY(?)";
  }

  /**
   * Creates the table.
   *
   * @param remark what {@link Dialect#remark} of the first column is to be, null for none
   */
  void create(Connection connection, String remark) throws SQLException {
    List<String> definitions = new ArrayList<>();
    for (Column column : columns.all()) {
      definitions.add(definition(column, column.nullable() ? "" : " NOT NULL"));
    }
    if (remark != null) {
      definitions.set(Row.ID, dialect.withRemark(definitions.get(Row.ID), remark));
    }
    definitions.add("PRIMARY KEY (" + idColumn + ")");
    Dialect.execute(
        connection,
        "CREATE TABLE %s (%s)%s"
            .formatted(quotedName, String.join(", ", definitions), dialect.tableOptions()));
    if (remark != null) {
      dialect.attachRemark(connection, quotedName, idColumn, remark);
    }
  }

  private String definition(Column column, String constraint) {
    return dialect.quoted(column.name()) + " " + dialect.typeOf(column.type()) + constraint;
  }

  /** Returns the names of the columns that the table really has. */
  Set<String> columnsFound(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM " + quotedName + " WHERE 1 = 0");
        ResultSet rows = statement.executeQuery()) {
      Set<String> found = new HashSet<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        found.add(rows.getMetaData().getColumnName(i));
      }
      return found;
    }
  }

  void drop(Connection connection) throws SQLException {
    Dialect.execute(
        connection,
        "DROP TABLE IF EXISTS " + quotedQuarantine(),
        "DROP TABLE IF EXISTS " + quotedName);
  }

  /** Binds a row from a parameter on, and returns the next parameter. */
  int bind(PreparedStatement statement, int first, Row row) throws SQLException {
    return columns.bind(statement, first, row, Row.ID);
  }

  /** Binds the parameters of {@link #update}. */
  void bindUpdate(PreparedStatement statement, Row row, long expectedVersion) throws SQLException {
    int parameter = columns.bind(statement, 1, row, Row.VERSION);
    statement.setBytes(parameter++, row.id());
    statement.setLong(parameter, expectedVersion);
  }

  /** Returns a row, or null. */
  Row select(Connection connection, byte[] id) throws SQLException {
    return selectOne(connection, selectOne, id);
  }

  /** Returns the rows that there are with the given ids, each by a query of its own. */
  List<Row> selectEach(Connection connection, List<byte[]> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(selectOne)) {
      List<Row> all = new ArrayList<>();
      for (byte[] one : ids) {
        statement.setBytes(1, one);
        columns.readAll(statement, all);
      }
      return all;
    }
  }

  /** Returns a row, or null, and keeps others from changing it until the transaction ends. */
  Row selectForUpdate(Connection connection, byte[] id) throws SQLException {
    return selectOne(connection, selectOne + dialect.forUpdate(), id);
  }

  private Row selectOne(Connection connection, String sql, byte[] id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, id);
      List<Row> rows = columns.readAll(statement);
      return rows.isEmpty() ? null : rows.get(0);
    }
  }

  /** Replaces a row that still has the version expected; returns whether it had. */
  boolean update(Connection connection, Row row, long expectedVersion) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      bindUpdate(statement, row, expectedVersion);
      return statement.executeUpdate() == 1;
    }
  }

  /** Changes times and checksum of a row that still has its version; returns whether it had. */
  boolean touch(Connection connection, Row row, long expectedVersion) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(touch)) {
      int parameter = columns.bindTimes(statement, row);
      statement.setBytes(parameter++, row.id());
      statement.setLong(parameter, expectedVersion);
      return statement.executeUpdate() == 1;
    }
  }

  /** Removes a row that still has the version expected; returns whether it had. */
  boolean delete(Connection connection, byte[] id, long expectedVersion) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(deleteVersion)) {
      statement.setBytes(1, id);
      statement.setLong(2, expectedVersion);
      return statement.executeUpdate() == 1;
    }
  }

  /** Removes the rows with ids from one to another, both included. */
  void deleteRange(Connection connection, byte[] from, byte[] to) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE %s >= ? AND %s <= ?".formatted(quotedName, idColumn, idColumn))) {
      statement.setBytes(1, from);
      statement.setBytes(2, to);
      statement.executeUpdate();
    }
  }

  long count(Connection connection) throws SQLException {
    return Long.parseLong(Dialect.queryText(connection, "SELECT COUNT(*) FROM " + quotedName));
  }

  /** A place in the table: the id of a key, and how many bytes its row has, roughly. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Place(byte[] id, long bytes) {}

  /**
   * Returns where the rows behind an id lie, in ascending order.
   *
   * @param after the id, null to begin
   */
  List<Place> places(Connection connection, byte[] after, int atMost) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(after == null ? pageFirst : pageNext)) {
      int parameter = 1;
      if (after != null) {
        statement.setBytes(parameter++, after);
      }
      statement.setInt(parameter, atMost);
      try (ResultSet rows = statement.executeQuery()) {
        List<Place> places = new ArrayList<>();
        while (rows.next()) {
          byte[] found = rows.getBytes(1);
          places.add(new Place(found == null ? new byte[0] : found, rows.getLong(2)));
        }
        return places;
      }
    }
  }

  /** Returns which of the ids a statement returns. */
  boolean[] whichOf(PreparedStatement statement, List<byte[]> ids) throws SQLException {
    Set<ByteBuffer> returned = new HashSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        returned.add(ByteBuffer.wrap(rows.getBytes(1)));
      }
    }
    boolean[] which = new boolean[ids.size()];
    for (int i = 0; i < which.length; i++) {
      which[i] = returned.contains(ByteBuffer.wrap(ids.get(i)));
    }
    return which;
  }

  private String quotedQuarantine() {
    return dialect.quoted(name + QUARANTINE_SUFFIX);
  }

  /** Creates the table for rows that are set aside, if it is not there. */
  void createQuarantine(Connection connection) throws SQLException {
    List<String> definitions = new ArrayList<>();
    for (Column column : columns.all()) {
      definitions.add(definition(column, ""));
    }
    definitions.add(dialect.quoted(REASON) + " " + dialect.typeOf(ColumnType.TEXT));
    definitions.add(dialect.quoted(SET_ASIDE) + " " + dialect.typeOf(ColumnType.BIGINT));
    Dialect.execute(
        connection,
        "CREATE TABLE IF NOT EXISTS %s (%s)%s"
            .formatted(quotedQuarantine(), String.join(", ", definitions), dialect.tableOptions()));
  }

  /** Moves a row as it is to those set aside, within the transaction that is open. */
  void setAside(Connection connection, byte[] id, String reason) throws SQLException {
    String copy =
        "INSERT INTO %s (%s, %s, %s) SELECT %s, ?, ? FROM %s WHERE %s = ?"
            .formatted(
                quotedQuarantine(),
                columns.names(),
                dialect.quoted(REASON),
                dialect.quoted(SET_ASIDE),
                columns.names(),
                quotedName,
                idColumn);
    try (PreparedStatement statement = connection.prepareStatement(copy)) {
      statement.setString(1, reason);
      statement.setLong(2, System.currentTimeMillis());
      statement.setBytes(3, id);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE %s = ?".formatted(quotedName, idColumn))) {
      statement.setBytes(1, id);
      statement.executeUpdate();
    }
  }
}
