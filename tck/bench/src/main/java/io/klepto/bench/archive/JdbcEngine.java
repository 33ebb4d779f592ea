package io.klepto.bench.archive;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * A table written to by hand through JDBC, as somebody would who knows the engine: one connection,
 * statements prepared once, batches in one transaction. Calls take turns at the connection.
 *
 * <p>A row is key and value alone; or, stamped, it has a version, three times and a checksum beside
 * them, as whoever wants compare-and-set, expiry and damage that is noticed would have to add.
 */
final class JdbcEngine implements Engine {
  /** What differs from engine to engine. */
  enum Dialect {
    SQLITE("TEXT", "BLOB", List.of("PRAGMA journal_mode=WAL", "PRAGMA busy_timeout=60000")),
    H2("VARCHAR(200)", "VARBINARY", List.of()),
    POSTGRESQL("TEXT", "BYTEA", List.of()),
    MARIADB("VARCHAR(200)", "LONGBLOB", List.of());

    private final String keyType;
    private final String valueType;
    private final List<String> opening;

    Dialect(String keyType, String valueType, List<String> opening) {
      this.keyType = keyType;
      this.valueType = valueType;
      this.opening = opening;
    }

    private String upsert(String table, List<String> columns, int rows) {
      String names = String.join(", ", columns);
      String row = "(?" + ", ?".repeat(columns.size() - 1) + ")";
      String insert =
          "INTO %s(%s) %%sVALUES %s%s".formatted(table, names, row, (", " + row).repeat(rows - 1));
      return switch (this) {
        case H2 -> "MERGE " + insert.formatted("KEY(k) ");
        case MARIADB ->
            "INSERT "
                + insert.formatted("")
                + " ON DUPLICATE KEY UPDATE "
                + set(columns, "VALUES(%s)");
        case SQLITE, POSTGRESQL ->
            "INSERT "
                + insert.formatted("")
                + " ON CONFLICT(k) DO UPDATE SET "
                + set(columns, "excluded.%s");
      };
    }

    private static String set(List<String> columns, String value) {
      return columns.stream()
          .skip(1)
          .map(column -> column + " = " + value.formatted(column))
          .collect(Collectors.joining(", "));
    }

    /** Returns the dialect of a server's URL. */
    static Dialect of(String url) {
      return url.startsWith("jdbc:postgresql:") ? POSTGRESQL : MARIADB;
    }

    /** Returns how many rows a statement of a batch has; MariaDB's driver makes no such batches. */
    private int rowsTogether() {
      return this == MARIADB ? 100 : 1;
    }

    /** Returns the URL with what makes the driver's batches fast. */
    String urlByHand(String url) {
      return this == POSTGRESQL
          ? url + (url.indexOf('?') < 0 ? "?" : "&") + "reWriteBatchedInserts=true"
          : url;
    }
  }

  /** Keys for one statement of a batched read. */
  private static final int READ_BATCH = 500;

  private static final List<String> STAMPS =
      List.of("version", "created", "duration", "deadline", "checksum");

  private final Connection connection;
  private final boolean stamped;
  private final String table;
  private final PreparedStatement upsert;
  private final PreparedStatement upsertMany;
  private final int rowsTogether;
  private final PreparedStatement select;
  private final PreparedStatement selectMany;
  private long version;

  /**
   * Opens the database.
   *
   * @param stamped whether rows have more than key and value
   * @param statements what this connection is to be set to
   */
  JdbcEngine(String url, Dialect dialect, boolean stamped, String... statements) {
    this.stamped = stamped;
    this.table = stamped ? "bench_stamped" : "bench";
    String stamps = stamped ? String.join(" BIGINT NOT NULL, ", STAMPS) + " BIGINT NOT NULL, " : "";
    List<String> columns = new ArrayList<>(List.of("k", "v"));
    columns.addAll(1, stamped ? STAMPS : List.of());
    try {
      connection = DriverManager.getConnection(url);
      try (Statement statement = connection.createStatement()) {
        for (String sql : dialect.opening) {
          statement.execute(sql);
        }
        for (String sql : statements) {
          statement.execute(sql);
        }
        statement.execute(
            "CREATE TABLE IF NOT EXISTS %s(k %s PRIMARY KEY, %sv %s NOT NULL)"
                .formatted(table, dialect.keyType, stamps, dialect.valueType));
      }
      rowsTogether = dialect.rowsTogether();
      upsert = connection.prepareStatement(dialect.upsert(table, columns, 1));
      upsertMany = connection.prepareStatement(dialect.upsert(table, columns, rowsTogether));
      String all = String.join(", ", columns);
      select = connection.prepareStatement("SELECT %s FROM %s WHERE k = ?".formatted(all, table));
      selectMany =
          connection.prepareStatement(
              "SELECT %s FROM %s WHERE k IN (?%s)"
                  .formatted(all, table, ", ?".repeat(READ_BATCH - 1)));
    } catch (SQLException e) {
      throw new IllegalStateException("can't open " + url, e);
    }
  }

  /** Sets the parameters of a row from one on, and returns the next. */
  private int bind(PreparedStatement upsert, int first, String key, byte[] value)
      throws SQLException {
    int parameter = first;
    upsert.setString(parameter++, key);
    if (stamped) {
      CRC32C checksum = new CRC32C();
      checksum.update(value);
      upsert.setLong(parameter++, ++version);
      upsert.setLong(parameter++, System.currentTimeMillis());
      upsert.setLong(parameter++, Long.MAX_VALUE);
      upsert.setLong(parameter++, Long.MAX_VALUE);
      upsert.setLong(parameter++, checksum.getValue());
    }
    upsert.setBytes(parameter++, value);
    return parameter;
  }

  /** Returns the value of the current row, having looked at its deadline and its checksum. */
  private byte[] valueOf(ResultSet row) throws SQLException {
    byte[] value = row.getBytes("v");
    if (stamped) {
      if (row.getLong("deadline") <= System.currentTimeMillis()) {
        throw new IllegalStateException("expired: " + row.getString("k"));
      }
      CRC32C checksum = new CRC32C();
      checksum.update(value);
      if (row.getLong("checksum") != checksum.getValue()) {
        throw new IllegalStateException("damaged: " + row.getString("k"));
      }
    }
    return value;
  }

  @Override
  public synchronized void put(String key, byte[] value) {
    try {
      bind(upsert, 1, key, value);
      upsert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized byte[] get(String key) {
    try {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? valueOf(row) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void putAll(Map<String, byte[]> values) {
    try {
      connection.setAutoCommit(false);
      Iterator<Map.Entry<String, byte[]>> entries = values.entrySet().iterator();
      for (int left = values.size(); left > 0; ) {
        int rows = left < rowsTogether ? 1 : rowsTogether;
        PreparedStatement statement = rows == 1 ? upsert : upsertMany;
        int parameter = 1;
        for (int i = 0; i < rows; i++) {
          Map.Entry<String, byte[]> entry = entries.next();
          parameter = bind(statement, parameter, entry.getKey(), entry.getValue());
        }
        statement.addBatch();
        left -= rows;
      }
      upsertMany.executeBatch();
      upsert.executeBatch();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized Map<String, byte[]> getAll(List<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    try {
      for (int from = 0; from < keys.size(); from += READ_BATCH) {
        for (int i = 0; i < READ_BATCH; i++) {
          selectMany.setString(i + 1, keys.get(Math.min(from + i, keys.size() - 1)));
        }
        try (ResultSet row = selectMany.executeQuery()) {
          while (row.next()) {
            found.put(row.getString("k"), valueOf(row));
          }
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void clear() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM " + table);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
