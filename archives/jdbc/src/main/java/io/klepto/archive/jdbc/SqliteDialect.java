package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQLite, with its log written ahead (WAL), so that many processes read while one writes. What is
 * committed is with the operating system; for {@code sync} it is forced ({@code synchronous=FULL}).
 * Each connection may keep 32 MiB of pages, sixteen times SQLite's default, which makes batches one
 * and a half times as fast once a table is larger than that. A URL that sets {@code journal_mode},
 * {@code synchronous} or {@code cache_size} keeps its own.
 *
 * <p>Comments of tables are kept in the text of their definition, which SQLite stores as it is.
 */
final class SqliteDialect extends Dialect {
  private static final int MAX_NAME_CHARS = 255;
  private static final int LEAST_BYTES = 512;
  private static final int ROWS_TOGETHER = 50;
  private static final int CACHE_KIBIBYTES = 32 << 10;
  private static final int FULL = 2;
  private static final int OFF = 0;
  private static final Pattern CODE = Pattern.compile("\\[SQLITE_([A-Z0-9_]+)]");
  private static final String REMARK = "/* %s */";

  private final String path;
  private final boolean ownJournal;
  private final boolean ownSynchronous;
  private final boolean ownCache;

  SqliteDialect(JdbcUrl url) {
    this.path = url.path();
    if (path.isEmpty() || path.contains(":memory:") || url.parameter("mode").isPresent()) {
      throw new ArchiveException(
          "cannot open archive %s: expected a file that can be written, found none, as each connection would have a database of its own; use dict: or jdbc:h2:mem:"
              .formatted(url.name()));
    }
    this.ownJournal = url.parameter("journal_mode").isPresent();
    this.ownSynchronous = url.parameter("synchronous").isPresent();
    this.ownCache = url.parameter("cache_size").isPresent();
  }

  @Override
  char quoteMark() {
    return '"';
  }

  @Override
  int maxNameLength() {
    return MAX_NAME_CHARS;
  }

  @Override
  boolean takesName(String name) {
    return !name.toLowerCase(Locale.ROOT).startsWith("sqlite_");
  }

  @Override
  String typeOf(ColumnType type) {
    return switch (type) {
      case HASH, ID, BYTES -> "BLOB";
      case TEXT, NAME -> "TEXT";
      case SMALLINT, INTEGER, BIGINT, BOOLEAN -> "INTEGER";
      case DOUBLE -> "REAL";
    };
  }

  /** The driver gives only the first byte of a code as a number, and its whole name as text. */
  @Override
  FailureKind kindOfOne(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher code = CODE.matcher(message);
    if (!code.find()) {
      return FailureKind.OTHER;
    }
    String name = code.group(1);
    if (name.equals("CONSTRAINT_PRIMARYKEY") || name.equals("CONSTRAINT_UNIQUE")) {
      return FailureKind.DUPLICATE;
    } else if (name.equals("BUSY_SNAPSHOT")) {
      return FailureKind.CONTENDED;
    }
    int underscore = name.indexOf('_');
    return switch (underscore < 0 ? name : name.substring(0, underscore)) {
      case "BUSY", "LOCKED" -> FailureKind.LOCKED;
      case "READONLY" -> FailureKind.READ_ONLY;
      case "PERM", "AUTH" -> FailureKind.DENIED;
      case "CANTOPEN" -> FailureKind.NO_DATABASE;
      case "FULL" -> FailureKind.FULL;
      case "TOOBIG" -> FailureKind.TOO_LARGE;
      case "CORRUPT", "NOTADB" -> FailureKind.CORRUPT;
      case "ERROR" -> kindOfText(message);
      default -> FailureKind.OTHER;
    };
  }

  private static FailureKind kindOfText(String message) {
    if (message.contains("no such table")) {
      return FailureKind.NO_TABLE;
    }
    return message.contains("already exists") ? FailureKind.TABLE_EXISTS : FailureKind.OTHER;
  }

  @Override
  Properties properties(Access access) {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", Integer.toString(access.timeouts().lockMillis()));
    properties.setProperty("transaction_mode", "IMMEDIATE");
    return properties;
  }

  /** Refuses a file that ends within its header: SQLite takes it for an empty database. */
  @Override
  <T> T open(JdbcUrl url, ConnectionPool.Work<T> opening) throws SQLException {
    long bytes = bytesOf(path);
    if (bytes > 0 && bytes < LEAST_BYTES) {
      throw cut(bytes, "the least is " + LEAST_BYTES);
    }
    return opening.run();
  }

  /** Returns the length of a file, 0 if there is none, or only SQLite knows which it is. */
  private static long bytesOf(String path) throws SQLException {
    try {
      Path file = Path.of(path);
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (InvalidPathException e) {
      return 0; // a URI
    } catch (IOException e) {
      throw new SQLException("[SQLITE_IOERR] " + e, e);
    }
  }

  private static SQLException cut(long bytes, String expected) {
    return new SQLException(
        "[SQLITE_CORRUPT] a file of %d bytes, where %s".formatted(bytes, expected));
  }

  /**
   * Refuses a file that ends within a page: SQLite takes the rest for zeros. Only if there is no
   * log, from which the last pages may be just on their way into the file.
   */
  private void requireWholePages(Connection connection) throws SQLException {
    long pageBytes = Long.parseLong(queryText(connection, "PRAGMA page_size"));
    long bytes = bytesOf(path);
    if (bytesOf(path + "-wal") == 0 && bytes % pageBytes != 0 && bytesOf(path) == bytes) {
      throw cut(bytes, "pages have %d each".formatted(pageBytes));
    }
  }

  @Override
  void prepare(Connection connection, Access access) throws SQLException {
    if (!ownJournal) {
      requireWholePages(connection);
    }
    if (!ownJournal && !"wal".equalsIgnoreCase(queryText(connection, "PRAGMA journal_mode"))) {
      queryText(connection, "PRAGMA journal_mode=WAL");
    }
    if (!ownCache) {
      execute(connection, "PRAGMA cache_size=-" + CACHE_KIBIBYTES);
    }
    if (!ownSynchronous) {
      execute(connection, "PRAGMA synchronous=" + (access.forced() ? "FULL" : "NORMAL"));
    }
  }

  @Override
  boolean isPassing(SQLException failureToConnect) {
    return kindOf(failureToConnect) == FailureKind.LOCKED; // the change to WAL does not wait
  }

  @Override
  Durability durability(Connection connection, boolean forced) throws SQLException {
    int synchronous = Integer.parseInt(queryText(connection, "PRAGMA synchronous"));
    return synchronous >= FULL ? Durability.SYNC : Durability.OS;
  }

  @Override
  String syncRemedy() {
    return "leave synchronous out of the URL, or set it to FULL";
  }

  @Override
  void sync(Connection connection) throws SQLException {
    int synchronous = Integer.parseInt(queryText(connection, "PRAGMA synchronous"));
    if (synchronous == OFF) {
      throw new SQLException("synchronous is OFF: SQLite forces nothing to the disk");
    }
    queryText(connection, "PRAGMA wal_checkpoint(FULL)");
  }

  @Override
  void compact(Connection connection, String quotedTable) throws SQLException {
    execute(connection, "VACUUM");
    queryText(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  boolean hasOneWriter() {
    return true;
  }

  @Override
  boolean mayRetireConnections() {
    return false;
  }

  /** Few: to prepare a list takes SQLite a good part of the time that its rows take. */
  @Override
  int listedRows() {
    return 100;
  }

  @Override
  Set<Capability> capabilities() {
    return EnumSet.of(Capability.COMPARE_AND_SET, Capability.PERSISTENT, Capability.MANY_PROCESSES);
  }

  @Override
  List<String> check(Connection connection, String quotedTable) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(" + quotedTable + ")")) {
      while (rows.next()) {
        if (!"ok".equals(rows.getString(1))) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  @Override
  boolean rebuildIndexes(Connection connection, String quotedTable) throws SQLException {
    execute(connection, "REINDEX " + quotedTable);
    return true;
  }

  @Override
  String upsert(JdbcTable table) {
    return table.upsertOnConflict(table.insert());
  }

  /** Fifty to a statement, and the rest one by one: each step of a statement has its cost. */
  @Override
  boolean upsertAll(Connection connection, JdbcTable table, List<Row> rows) throws SQLException {
    int together = rows.size() - rows.size() % ROWS_TOGETHER;
    if (together > 0) {
      String sql = table.upsertOnConflict(table.insertRows(ROWS_TOGETHER));
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int from = 0; from < together; from += ROWS_TOGETHER) {
          int parameter = 1;
          for (Row row : rows.subList(from, from + ROWS_TOGETHER)) {
            parameter = table.bind(statement, parameter, row);
          }
          if (statement.executeUpdate() != ROWS_TOGETHER) {
            return false;
          }
        }
      }
    }
    return together == rows.size()
        || super.upsertAll(connection, table, rows.subList(together, rows.size()));
  }

  @Override
  String forUpdate() {
    return ""; // the transaction has the only right to write
  }

  @Override
  String byteLength(String quotedColumn) {
    return "LENGTH(" + quotedColumn + ")";
  }

  @Override
  String withRemark(String columnDefinition, String remark) {
    return columnDefinition + " " + REMARK.formatted(remark);
  }

  @Override
  Optional<String> remark(Connection connection, String table, String column) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?)")) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        String definition = rows.getString(1);
        int begin = definition.indexOf("/* " + TableStamp.MAGIC);
        int end = definition.indexOf(" */", Math.max(0, begin));
        return begin < 0 || end < 0
            ? Optional.empty()
            : Optional.of(definition.substring(begin + "/* ".length(), end));
      }
    }
  }
}
