package io.klepto.bench.archive;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table written to by hand through JDBC, as somebody would who knows the engine: one connection,
 * statements prepared once, batches in one transaction. Calls take turns at the connection.
 */
final class JdbcEngine implements Engine {
  /** What differs from engine to engine. */
  enum Dialect {
    SQLITE(
        "INSERT INTO bench(k, v) VALUES (?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v",
        "TEXT",
        "BLOB",
        List.of("PRAGMA journal_mode=WAL", "PRAGMA busy_timeout=60000"),
        "PRAGMA synchronous="),
    H2("MERGE INTO bench(k, v) KEY(k) VALUES (?, ?)", "VARCHAR(200)", "VARBINARY", List.of(), "");

    private final String upsert;
    private final String keyType;
    private final String valueType;
    private final List<String> opening;
    private final String synchronousPragma;

    Dialect(
        String upsert,
        String keyType,
        String valueType,
        List<String> opening,
        String synchronousPragma) {
      this.upsert = upsert;
      this.keyType = keyType;
      this.valueType = valueType;
      this.opening = opening;
      this.synchronousPragma = synchronousPragma;
    }
  }

  /** Keys for one statement of a batched read. */
  private static final int READ_BATCH = 500;

  private final Connection connection;
  private final PreparedStatement upsert;
  private final PreparedStatement select;
  private final PreparedStatement selectMany;

  /**
   * Opens the database.
   *
   * @param synchronous SQLite's setting of that name; not used by H2
   */
  JdbcEngine(String url, Dialect dialect, String synchronous) {
    try {
      connection = DriverManager.getConnection(url);
      try (Statement statement = connection.createStatement()) {
        for (String sql : dialect.opening) {
          statement.execute(sql);
        }
        if (!dialect.synchronousPragma.isEmpty()) {
          statement.execute(dialect.synchronousPragma + synchronous);
        }
        statement.execute(
            "CREATE TABLE IF NOT EXISTS bench(k %s PRIMARY KEY, v %s NOT NULL)"
                .formatted(dialect.keyType, dialect.valueType));
      }
      upsert = connection.prepareStatement(dialect.upsert);
      select = connection.prepareStatement("SELECT v FROM bench WHERE k = ?");
      selectMany =
          connection.prepareStatement(
              "SELECT k, v FROM bench WHERE k IN (?" + ", ?".repeat(READ_BATCH - 1) + ")");
    } catch (SQLException e) {
      throw new IllegalStateException("can't open " + url, e);
    }
  }

  @Override
  public synchronized void put(String key, byte[] value) {
    try {
      upsert.setString(1, key);
      upsert.setBytes(2, value);
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
        return row.next() ? row.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void putAll(Map<String, byte[]> values) {
    try {
      connection.setAutoCommit(false);
      for (Map.Entry<String, byte[]> entry : values.entrySet()) {
        upsert.setString(1, entry.getKey());
        upsert.setBytes(2, entry.getValue());
        upsert.addBatch();
      }
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
            found.put(row.getString(1), row.getBytes(2));
          }
        }
      }
      return found;
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
