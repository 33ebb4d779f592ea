package io.klepto.archive.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * PostgreSQL. Batches travel as arrays, one for each column.
 *
 * <p>Where the server acknowledges commits before they are written ({@code synchronous_commit =
 * off}), our sessions turn that off, so that acknowledged means acknowledged.
 */
final class PostgresDialect extends Dialect {
  private static final int MAX_NAME_BYTES = 63;
  private static final int BATCH_ROWS = 1_000;

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
      case HASH, BYTES -> "bytea";
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
      case "42P07" -> FailureKind.TABLE_EXISTS;
      case "XX001", "XX002" -> FailureKind.CORRUPT;
      default -> FailureKind.OTHER;
    };
  }

  @Override
  Properties properties(Access access) {
    Properties properties = new Properties();
    properties.setProperty("tcpKeepAlive", "true");
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
  String withRemark(String columnDefinition, String remark) {
    return columnDefinition;
  }

  @Override
  void attachRemark(Connection connection, String quotedTable, String quotedColumn, String remark)
      throws SQLException {
    execute(
        connection, "COMMENT ON COLUMN %s.%s IS '%s'".formatted(quotedTable, quotedColumn, remark));
  }

  @Override
  int batchRows() {
    return BATCH_ROWS;
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
  boolean insertAll(Connection connection, JdbcTable table, List<Row> rows) throws SQLException {
    List<Column> columns = table.columns();
    String arrays =
        columns.stream()
            .map(column -> "?::" + typeOf(column.type()) + "[]")
            .collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO %s (%s) SELECT * FROM unnest(%s) ON CONFLICT DO NOTHING"
            .formatted(table.quotedName(), table.columnList(), arrays);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, arrayOf(connection, columns.get(i).type(), rows, i));
      }
      return statement.executeUpdate() == rows.size();
    }
  }

  private static Array arrayOf(Connection connection, ColumnType type, List<Row> rows, int column)
      throws SQLException {
    Object[] values =
        switch (type) {
          case HASH, BYTES -> new byte[rows.size()][];
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
          case HASH, BYTES -> "bytea";
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
  List<Row> selectAll(Connection connection, JdbcTable table, List<byte[]> hashes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(table.selectAny())) {
      statement.setArray(1, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
      return table.readAll(statement);
    }
  }

  @Override
  boolean[] updateAll(Connection connection, JdbcTable table, List<Row> rows, long[] expected)
      throws SQLException {
    List<Column> columns = table.columns();
    String assignments =
        IntStream.range(1, columns.size())
            .mapToObj(i -> quoted(columns.get(i).name()) + " = s.c" + i)
            .collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    String arrays =
        columns.stream()
            .map(column -> "?::" + typeOf(column.type()) + "[]")
            .collect(Collectors.joining(", "));
    String hash = quoted(columns.get(Row.HASH).name());
    String version = quoted(columns.get(Row.VERSION).name());
    String sql =
        "UPDATE %s AS t SET %s FROM unnest(%s, ?::bigint[]) AS s(%s, expected) WHERE t.%s = s.c0 AND t.%s = s.expected"
            .formatted(table.quotedName(), assignments, arrays, names, hash, version);
    try (PreparedStatement statement = connection.prepareStatement(sql + " RETURNING t." + hash)) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, arrayOf(connection, columns.get(i).type(), rows, i));
      }
      List<Long> versions = new ArrayList<>();
      for (long one : expected) {
        versions.add(one);
      }
      statement.setArray(
          columns.size() + 1, connection.createArrayOf("int8", versions.toArray(Long[]::new)));
      return table.whichOf(statement, rows.stream().map(Row::hash).toList());
    }
  }

  @Override
  boolean[] deleteAll(Connection connection, JdbcTable table, List<byte[]> hashes, long[] expected)
      throws SQLException {
    String hash = quoted(table.columns().get(Row.HASH).name());
    String version = quoted(table.columns().get(Row.VERSION).name());
    String sql =
        "DELETE FROM %s AS t USING unnest(?::bytea[], ?::bigint[]) AS s(hash, expected) WHERE t.%s = s.hash AND t.%s = s.expected RETURNING t.%s"
            .formatted(table.quotedName(), hash, version, hash);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Long[] versions = new Long[expected.length];
      for (int i = 0; i < expected.length; i++) {
        versions[i] = expected[i];
      }
      statement.setArray(1, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
      statement.setArray(2, connection.createArrayOf("int8", versions));
      return table.whichOf(statement, hashes);
    }
  }
}
