package io.klepto.archive.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * PostgreSQL. Batches travel as arrays, one for each column. A record of more than 1 GB is refused,
 * as no field takes it.
 *
 * <p>Where the server acknowledges commits before they are written ({@code synchronous_commit =
 * off}), our sessions turn that off, so that acknowledged means acknowledged.
 */
final class PostgresDialect extends Dialect {
  private static final int MAX_NAME_BYTES = 63;
  private static final int MOST_FIELD_BYTES = (1 << 30) - 4_096; // a field, and an array of one

  @Override
  char quoteMark() {
    return '"';
  }

  @Override
  int maxNameLength() {
    return MAX_NAME_BYTES;
  }

  @Override
  int nameLength(String name) {
    return name.getBytes(UTF_8).length;
  }

  @Override
  String typeOf(ColumnType type) {
    return switch (type) {
      case HASH, ID, BYTES -> "bytea";
      case TEXT, NAME -> "text";
      case SMALLINT -> "smallint";
      case INTEGER -> "integer";
      case BIGINT -> "bigint";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
    };
  }

  @Override
  FailureKind kindOfOne(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return switch (state) {
      case "57P01", "57P02", "57P03", "53300" -> FailureKind.LOST;
      case "55P03", "57014" -> FailureKind.LOCKED;
      case "42501" -> FailureKind.DENIED;
      case "25006" -> FailureKind.READ_ONLY;
      case "53100" -> FailureKind.FULL;
      case "54000", "22001" -> FailureKind.TOO_LARGE;
      case "3D000" -> FailureKind.NO_DATABASE;
      case "42P01" -> FailureKind.NO_TABLE;
      case "42P07", "42710" -> FailureKind.TABLE_EXISTS; // the latter of two who make it at once
      case "XX001", "XX002" -> FailureKind.CORRUPT;
      default -> FailureKind.OTHER;
    };
  }

  @Override
  Properties properties(Access access) {
    Properties properties = new Properties();
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty(
        "connectTimeout", Integer.toString(1 + access.timeouts().connectMillis() / 1_000));
    properties.setProperty("ApplicationName", "klepto");
    return properties;
  }

  @Override
  void prepare(Connection connection, Access access) throws SQLException {
    execute(connection, "SET lock_timeout = " + access.timeouts().lockMillis());
    if ("off".equals(queryText(connection, "SHOW synchronous_commit"))) {
      execute(connection, "SET synchronous_commit = on");
    }
    connection.setNetworkTimeout(Runnable::run, access.timeouts().statementMillis());
  }

  @Override
  Durability durability(Connection connection, boolean forced) throws SQLException {
    return "on".equals(queryText(connection, "SHOW fsync")) ? Durability.SYNC : Durability.OS;
  }

  @Override
  String syncRemedy() {
    return "set fsync = on in postgresql.conf";
  }

  /** Commits something that must be written: with it goes all that was committed before. */
  @Override
  void sync(Connection connection) throws SQLException {
    queryText(connection, "SELECT txid_current()");
  }

  @Override
  void compact(Connection connection, String quotedTable) throws SQLException {
    execute(connection, "VACUUM " + quotedTable);
  }

  @Override
  Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.COMPARE_AND_SET,
        Capability.PERSISTENT,
        Capability.MANY_PROCESSES,
        Capability.MANY_HOSTS);
  }

  @Override
  long mostStatementBytes(Connection connection) {
    return MOST_FIELD_BYTES;
  }

  @Override
  String sizeLimit() {
    return "as PostgreSQL takes no more in a field";
  }

  @Override
  String withRemark(String columnDefinition, String remark) {
    return columnDefinition;
  }

  @Override
  void attachRemark(Connection connection, String quotedTable, String quotedColumn, String remark)
      throws SQLException {
    execute(
        connection, "COMMENT ON COLUMN %s.%s IS '%s'".formatted(quotedTable, quotedColumn, remark));
  }

  /** Says so in the statement: a failed one would stand in the server's log. */
  @Override
  boolean insertIfAbsent(Connection connection, JdbcTable table, Row row) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(table.insert() + " ON CONFLICT DO NOTHING")) {
      table.bind(statement, 1, row);
      return statement.executeUpdate() == 1;
    }
  }

  @Override
  String upsert(JdbcTable table) {
    return table.upsertOnConflict(table.insert());
  }

  @Override
  boolean upsertAll(Connection connection, JdbcTable table, List<Row> rows) throws SQLException {
    RowColumns columns = table.columns();
    String arrays = columns.freshList(column -> "?::" + typeOf(column.type()) + "[]");
    String rest = columns.laterList(column -> "NULL::" + typeOf(column.type()));
    String insert =
        "INSERT INTO %s (%s) SELECT fresh.*%s FROM unnest(%s) AS fresh"
            .formatted(table.quotedName(), columns.insertedNames(), rest, arrays);
    try (PreparedStatement statement =
        connection.prepareStatement(table.upsertOnConflict(insert))) {
      int parameter = 1;
      for (int i : columns.fresh()) {
        ColumnType type = columns.all().get(i).type();
        statement.setArray(parameter++, arrayOf(connection, type, rows, i));
      }
      return statement.executeUpdate() == rows.size();
    }
  }

  private static Array arrayOf(Connection connection, ColumnType type, List<Row> rows, int column)
      throws SQLException {
    Object[] values =
        switch (type) {
          case HASH, ID, BYTES -> new byte[rows.size()][];
          case TEXT, NAME -> new String[rows.size()];
          case SMALLINT -> new Short[rows.size()];
          case INTEGER -> new Integer[rows.size()];
          case BIGINT -> new Long[rows.size()];
          case DOUBLE -> new Double[rows.size()];
          case BOOLEAN -> new Boolean[rows.size()];
        };
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i).value(column);
    }
    String element =
        switch (type) {
          case HASH, ID, BYTES -> "bytea";
          case TEXT, NAME -> "text";
          case SMALLINT -> "int2";
          case INTEGER -> "int4";
          case BIGINT -> "int8";
          case DOUBLE -> "float8";
          case BOOLEAN -> "bool";
        };
    return connection.createArrayOf(element, values);
  }

  @Override
  List<Row> selectAll(Connection connection, JdbcTable table, List<byte[]> ids)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(table.selectAny())) {
      statement.setArray(1, connection.createArrayOf("bytea", ids.toArray(byte[][]::new)));
      return table.columns().readAll(statement);
    }
  }

  @Override
  boolean[] deleteAll(Connection connection, JdbcTable table, List<byte[]> ids, long[] expected)
      throws SQLException {
    String id = table.columns().quoted(Row.ID);
    String version = table.columns().quoted(Row.VERSION);
    String sql =
        "DELETE FROM %s AS t USING unnest(?::bytea[], ?::bigint[]) AS s(id, expected) WHERE t.%s = s.id AND t.%s = s.expected RETURNING t.%s"
            .formatted(table.quotedName(), id, version, id);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Long[] versions = new Long[expected.length];
      for (int i = 0; i < expected.length; i++) {
        versions[i] = expected[i];
      }
      statement.setArray(1, connection.createArrayOf("bytea", ids.toArray(byte[][]::new)));
      statement.setArray(2, connection.createArrayOf("int8", versions));
      return table.whichOf(statement, ids);
    }
  }
}
