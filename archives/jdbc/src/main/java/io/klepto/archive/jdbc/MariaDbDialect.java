package io.klepto.archive.jdbc;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * MariaDB, and MySQL, as far as both understand the same, which is not tested: rows are written
 * many to a statement, and tables are of InnoDB. What a commit reaches is the server's {@code
 * innodb_flush_log_at_trx_commit}. A record over its {@code max_allowed_packet} is refused.
 */
final class MariaDbDialect extends Dialect {
  private static final int MAX_NAME_CHARS = 64;
  private static final int CANNOT_BE_NULL = 1048;
  private static final int STATEMENT_TEXT_BYTES = 4_096;

  @Override
  char quoteMark() {
    return '`';
  }

  @Override
  int maxNameLength() {
    return MAX_NAME_CHARS;
  }

  /** Names of the basic plane, not ending in a space, as the documentation asks. */
  @Override
  boolean takesName(String name) {
    return name.codePoints().allMatch(Character::isBmpCodePoint) && !name.endsWith(" ");
  }

  @Override
  String typeOf(ColumnType type) {
    return switch (type) {
      case HASH -> "BINARY(32)";
      case ID -> "VARBINARY(32)";
      case BYTES -> "LONGBLOB";
      case TEXT -> "LONGTEXT";
      case NAME -> "VARCHAR(63)";
      case SMALLINT -> "SMALLINT";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
    };
  }

  @Override
  String tableOptions() {
    return " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
  }

  @Override
  FailureKind kindOfOne(SQLException failure) {
    if (String.valueOf(failure.getMessage()).contains("max_allowed_packet")) {
      return FailureKind.TOO_LARGE;
    }
    return switch (failure.getErrorCode()) {
      case 1062 -> FailureKind.DUPLICATE;
      case 1146, 1932 -> FailureKind.NO_TABLE;
      case 1050 -> FailureKind.TABLE_EXISTS;
      case 1205, 1969, 3024 -> FailureKind.LOCKED;
      case 1213, 1020 -> FailureKind.CONTENDED;
      case 1040, 1053, 1927, 2006, 2013, 4031 -> FailureKind.LOST;
      case 1044, 1045, 1142, 1143, 1227, 1698 -> FailureKind.DENIED;
      case 1290, 1792, 1836 -> FailureKind.READ_ONLY;
      case 1021, 1114 -> FailureKind.FULL;
      case 1153, 1301, 1406 -> FailureKind.TOO_LARGE;
      case 1049 -> FailureKind.NO_DATABASE;
      case 1034, 1194, 1195, 1712, 1877 -> FailureKind.CORRUPT;
      default -> FailureKind.OTHER;
    };
  }

  @Override
  Properties properties(Access access) {
    Properties properties = new Properties();
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", Integer.toString(access.timeouts().connectMillis()));
    return properties;
  }

  @Override
  void prepare(Connection connection, Access access) throws SQLException {
    long seconds =
        Math.max(1, TimeUnit.MILLISECONDS.toSeconds(access.timeouts().lockMillis() + 999L));
    execute(
        connection,
        "SET innodb_lock_wait_timeout = %d, lock_wait_timeout = %d".formatted(seconds, seconds),
        "SET sql_mode = CONCAT(@@sql_mode, ',STRICT_TRANS_TABLES')");
    connection.setNetworkTimeout(Runnable::run, access.timeouts().statementMillis());
  }

  @Override
  Durability durability(Connection connection, boolean forced) throws SQLException {
    return switch (flushing(connection)) {
      case "1", "3" -> Durability.SYNC;
      case "2" -> Durability.OS;
      default -> Durability.MEMORY;
    };
  }

  private static String flushing(Connection connection) throws SQLException {
    return queryText(connection, "SELECT @@innodb_flush_log_at_trx_commit");
  }

  @Override
  String syncRemedy() {
    return "set innodb_flush_log_at_trx_commit = 1 in the server";
  }

  @Override
  void sync(Connection connection) throws SQLException {
    if (!"1".equals(flushing(connection))) {
      execute(connection, "FLUSH ENGINE LOGS");
    }
  }

  @Override
  void compact(Connection connection, String quotedTable) throws SQLException {
    execute(connection, "OPTIMIZE TABLE " + quotedTable);
  }

  @Override
  long mostStatementBytes(Connection connection) throws SQLException {
    long packet = Long.parseLong(queryText(connection, "SELECT @@max_allowed_packet"));
    return packet - STATEMENT_TEXT_BYTES;
  }

  @Override
  String sizeLimit() {
    return "as the server's max_allowed_packet lets through";
  }

  /** Counts bytes as the driver writes them into the text of a statement, some of them escaped. */
  @Override
  long statementBytes(Row row) {
    long bytes = 0;
    for (int i = 0; i < row.columns(); i++) {
      if (row.value(i) instanceof byte[] some) {
        bytes += some.length;
        for (byte b : some) {
          bytes += b == 0 || b == '\'' || b == '"' || b == '\\' ? 1 : 0;
        }
      } else {
        bytes += valueBytes(row.value(i));
      }
    }
    return bytes;
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
  List<String> check(Connection connection, String quotedTable) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("CHECK TABLE " + quotedTable)) {
      while (rows.next()) {
        String text = rows.getString("Msg_text");
        if (!"OK".equals(text) && !"note".equals(rows.getString("Msg_type"))) {
          found.add(text);
        }
      }
    }
    return found;
  }

  /** Gives no version at all to a row whose version is not less, which makes the statement fail. */
  @Override
  String upsert(JdbcTable table) {
    return table.insert() + onDuplicate(table);
  }

  private String onDuplicate(JdbcTable table) {
    String version = table.columns().quoted(Row.VERSION);
    String greater = "IF(VALUES(%s) > %s, VALUES(%s), NULL)".formatted(version, version, version);
    return " ON DUPLICATE KEY UPDATE %s = %s, %s"
        .formatted(
            version,
            greater,
            table
                .columns()
                .assignments(Row.CREATED, column -> "VALUES(" + quoted(column.name()) + ")"));
  }

  @Override
  boolean upsertAll(Connection connection, JdbcTable table, List<Row> rows) throws SQLException {
    String sql = table.insertRows(rows.size()) + onDuplicate(table);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Row row : rows) {
        parameter = table.bind(statement, parameter, row);
      }
      statement.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() == CANNOT_BE_NULL) {
        return false;
      }
      throw e;
    }
  }
}
