package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * H2: embedded in this process, in memory, or as a server.
 *
 * <p>By default H2 writes what was committed half a second later, and a kill loses it; so {@code
 * WRITE_DELAY=0} is set unless the URL has its own, in which case the durability told is the true
 * one. It forces nothing to the disk at a commit; for {@code sync} each write is followed by {@code
 * CHECKPOINT SYNC}. Values up to 64 KiB lie in their rows, which is several times faster than H2's
 * default. Space is given back when the last connection closes.
 *
 * <p>Not all damage to a file shows: H2 notices a byte that was changed in most places, but skips
 * some damaged pages without a word, rows and all. A file that is cut is refused.
 *
 * <p>A file is for one process. {@code AUTO_SERVER=TRUE} lets others in through the first, on the
 * loopback interface alone; when that one ends, calls of the others fail until one of them has
 * taken over, so that many processes are not what this store claims to serve.
 */
final class H2Dialect extends Dialect {
  private static final int MAX_NAME_CHARS = 256;
  private static final String BIND_ADDRESS = "h2.bindAddress";
  private static final String LOOPBACK = "127.0.0.1";

  private static final int ERROR_OPENING = 8000;
  private static final int DUPLICATE_KEY = 23505;
  private static final int TABLE_EXISTS = 42101;
  private static final int TABLE_NOT_FOUND = 42102;
  private static final int TABLE_NOT_FOUND_SIMILAR = 42103;
  private static final int TABLE_NOT_FOUND_EMPTY = 42104;
  private static final int DATABASE_ALREADY_OPEN = 90020;
  private static final int FILE_CORRUPTED = 90030;
  private static final int IO_EXCEPTION = 90031;
  private static final int LOB_GONE = 90039;
  private static final int CONNECTION_BROKEN = 90067;
  private static final int NO_RIGHTS = 90096;
  private static final int READ_ONLY = 90097;
  private static final int DATABASE_CLOSED = 90098;
  private static final int ADMIN_NEEDED = 90040;
  private static final int ALREADY_CLOSED = 90121;
  private static final int CONCURRENT_UPDATE = 90131;
  private static final int DATABASE_NOT_FOUND = 90146;
  private static final int REMOTE_DATABASE_NOT_FOUND = 90149;
  private static final int LOCK_TIMEOUT = 50200;
  private static final int GENERAL_ERROR = 50000;
  private static final int ROW_NOT_FOUND = 90143;

  private static final ReentrantLock OPENING = new ReentrantLock();

  private final boolean inMemory;
  private final boolean server;
  private final boolean autoServer;

  H2Dialect(JdbcUrl url) {
    String path = url.path();
    this.inMemory = path.startsWith("mem:");
    this.server = path.startsWith("tcp:") || path.startsWith("ssl:");
    this.autoServer = url.parameter("AUTO_SERVER").filter("TRUE"::equalsIgnoreCase).isPresent();
    if (autoServer) {
      requireLoopback(url);
    }
  }

  /**
   * Keeps the server that H2 starts in this process from listening on every interface. H2 reads the
   * address once, when it is first used.
   */
  private static void requireLoopback(JdbcUrl url) {
    if (System.getProperty(BIND_ADDRESS) == null) {
      System.setProperty(BIND_ADDRESS, LOOPBACK);
    }
    try {
      Class<?> h2 =
          Class.forName(
              "org.h2.engine.SysProperties",
              true,
              url.engine().driver(url).getClass().getClassLoader());
      if (h2.getField("BIND_ADDRESS").get(null) == null) {
        throw new ArchiveException(
            "cannot open archive %s: expected H2 to listen on %s alone, found it on every interface, as it was used before; start Java with -D%s=%s"
                .formatted(url.name(), LOOPBACK, BIND_ADDRESS, LOOPBACK));
      }
    } catch (ReflectiveOperationException e) {
      throw new ArchiveException(
          "cannot open archive %s: expected an H2 that tells the address it listens on, found another version"
              .formatted(url.name()),
          e);
    }
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
  String typeOf(ColumnType type) {
    return switch (type) {
      case HASH -> "BINARY(32)";
      case ID -> "VARBINARY(32)";
      case BYTES -> "BINARY LARGE OBJECT";
      case TEXT -> "CHARACTER LARGE OBJECT";
      case NAME -> "VARCHAR(63)";
      case SMALLINT -> "SMALLINT";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE PRECISION";
      case BOOLEAN -> "BOOLEAN";
    };
  }

  @Override
  FailureKind kindOfOne(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case DUPLICATE_KEY -> FailureKind.DUPLICATE;
      case TABLE_EXISTS -> FailureKind.TABLE_EXISTS;
      case TABLE_NOT_FOUND, TABLE_NOT_FOUND_SIMILAR, TABLE_NOT_FOUND_EMPTY -> FailureKind.NO_TABLE;
      case DATABASE_ALREADY_OPEN, ERROR_OPENING -> FailureKind.IN_USE;
      case FILE_CORRUPTED, LOB_GONE -> FailureKind.CORRUPT;
      case CONNECTION_BROKEN, DATABASE_CLOSED, ALREADY_CLOSED -> FailureKind.LOST;
      case NO_RIGHTS, ADMIN_NEEDED -> FailureKind.DENIED;
      case READ_ONLY -> FailureKind.READ_ONLY;
      case CONCURRENT_UPDATE -> FailureKind.CONTENDED;
      case DATABASE_NOT_FOUND, REMOTE_DATABASE_NOT_FOUND -> FailureKind.NO_DATABASE;
      case LOCK_TIMEOUT -> missesRow(failure) ? FailureKind.CORRUPT : FailureKind.LOCKED;
      case IO_EXCEPTION -> says(failure, "No space left") ? FailureKind.FULL : FailureKind.OTHER;
      case GENERAL_ERROR -> says(failure, "MVStore") ? FailureKind.CORRUPT : FailureKind.OTHER;
      default -> FailureKind.OTHER;
    };
  }

  /**
   * Returns whether an index led to a row that is not there. H2 takes that for the work of another
   * user, tries again for as long as it waits for locks, and then calls it a lock.
   */
  private static boolean missesRow(SQLException failure) {
    return causes(failure).stream().anyMatch(one -> one.getErrorCode() == ROW_NOT_FOUND);
  }

  private static boolean says(SQLException failure, String words) {
    return String.valueOf(failure.getMessage()).contains(words);
  }

  @Override
  String url(JdbcUrl url) {
    if (server) {
      return url.text();
    }
    StringBuilder text = new StringBuilder(url.text());
    append(text, url, "WRITE_DELAY", "0");
    append(text, url, "MAX_LENGTH_INPLACE_LOB", "65536");
    if (!autoServer) { // H2 takes only one of the two; closing at exit races with our own hooks
      append(text, url, "DB_CLOSE_ON_EXIT", "FALSE");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, JdbcUrl url, String name, String value) {
    if (url.parameter(name).isEmpty()) {
      text.append(';').append(name).append('=').append(value);
    }
  }

  @Override
  Properties properties(Access access) {
    return new Properties();
  }

  @Override
  void prepare(Connection connection, Access access) throws SQLException {
    execute(connection, "SET LOCK_TIMEOUT " + access.timeouts().lockMillis());
  }

  /**
   * Opens a file only if its end is there, and makes H2 let go of one that it fails to open.
   *
   * <p>One at a time, since nobody may look into a file that H2 has open in this process: POSIX
   * gives up a process's locks of a file when any of its channels is closed.
   */
  @Override
  <T> T open(JdbcUrl url, ConnectionPool.Work<T> opening) throws SQLException {
    Optional<H2File> file = server || inMemory ? Optional.empty() : H2File.of(url);
    if (file.isEmpty()) {
      return opening.run();
    }
    ClassLoader driver = url.engine().driver(url).getClass().getClassLoader();
    OPENING.lock();
    try {
      if (file.get().isClosed(driver)) {
        Optional<String> damage = file.get().damage();
        if (damage.isPresent()) {
          throw new SQLException(damage.get(), null, FILE_CORRUPTED);
        }
      }
      return opening.run();
    } catch (IOException e) {
      throw new SQLException(e.toString(), null, IO_EXCEPTION, e);
    } catch (SQLException e) {
      if (kindOf(e) == FailureKind.CORRUPT && file.get().isClosed(driver)) {
        file.get().awaitRelease();
      }
      throw e;
    } finally {
      OPENING.unlock();
    }
  }

  @Override
  Durability durability(Connection connection, boolean forced) throws SQLException {
    if (inMemory) {
      return Durability.MEMORY;
    }
    if (forced) {
      return Durability.SYNC;
    }
    String delay =
        queryText(
            connection,
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME ="
                + " 'WRITE_DELAY'");
    return "0".equals(delay) ? Durability.OS : Durability.MEMORY;
  }

  @Override
  String forcingStatement() {
    return "CHECKPOINT SYNC";
  }

  @Override
  String syncRemedy() {
    return "use a database in a file";
  }

  @Override
  void sync(Connection connection) throws SQLException {
    execute(connection, "CHECKPOINT SYNC");
  }

  @Override
  void compact(Connection connection, String quotedTable) {}

  @Override
  List<String> check(Connection connection, String quotedTable) throws SQLException {
    return new H2Indexes(connection, quotedTable).check();
  }

  @Override
  boolean rebuildIndexes(Connection connection, String quotedTable) throws SQLException {
    return new H2Indexes(connection, quotedTable).rebuildPrimaryKey();
  }

  @Override
  String upsert(JdbcTable table) {
    RowColumns columns = table.columns();
    String id = columns.quoted(Row.ID);
    String version = columns.quoted(Row.VERSION);
    return "MERGE INTO %s t USING (VALUES (%s)) s (%s) ON t.%s = s.%s WHEN MATCHED AND t.%s < s.%s THEN UPDATE SET %s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s%s)"
        .formatted(
            table.quotedName(),
            columns.freshList(column -> "CAST(? AS " + typeOf(column.type()) + ")"),
            columns.freshList(column -> quoted(column.name())),
            id,
            id,
            version,
            version,
            columns.assignments(Row.VERSION, column -> "s." + quoted(column.name())),
            columns.insertedNames(),
            columns.freshList(column -> "s." + quoted(column.name())),
            columns.laterList(column -> "NULL"));
  }

  /**
   * Inserts where the first row tells that the keys are new, and updates where it tells that they
   * are not, each twice as fast as to merge; where it led astray, merges.
   */
  @Override
  boolean upsertAll(Connection connection, JdbcTable table, List<Row> rows) throws SQLException {
    if (rows.size() == 1) {
      return mergeAll(connection, table, rows);
    } else if (table.select(connection, rows.get(0).id()) == null) {
      return insertAll(connection, table, rows) || mergeAll(connection, table, rows);
    }
    List<Row> others = updateAll(connection, table, rows);
    return others.isEmpty() || mergeAll(connection, table, others);
  }

  /** Inserts all, or none if there is a row with one of the ids. */
  private boolean insertAll(Connection connection, JdbcTable table, List<Row> rows)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
      for (Row row : rows) {
        table.bind(statement, 1, row);
        statement.addBatch();
      }
      statement.executeBatch();
      return true;
    } catch (SQLException e) {
      requireDuplicate(e);
      connection.rollback(before);
      return false;
    }
  }

  /** Replaces the rows that are there in a lower version; returns the others. */
  private List<Row> updateAll(Connection connection, JdbcTable table, List<Row> rows)
      throws SQLException {
    String update =
        "UPDATE %s SET %s WHERE %s = ? AND %s < ?"
            .formatted(
                table.quotedName(),
                table.columns().assignments(Row.VERSION, column -> "?"),
                table.columns().quoted(Row.ID),
                table.columns().quoted(Row.VERSION));
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      for (Row row : rows) {
        table.bindUpdate(statement, row, (Long) row.value(Row.VERSION));
        statement.addBatch();
      }
      int[] counts = statement.executeBatch();
      List<Row> others = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] != 1) {
          others.add(rows.get(i));
        }
      }
      return others;
    }
  }

  private boolean mergeAll(Connection connection, JdbcTable table, List<Row> rows)
      throws SQLException {
    try {
      return super.upsertAll(connection, table, rows);
    } catch (SQLException e) {
      return requireDuplicate(e); // of two that merge the same new key at once, H2 refuses one
    }
  }

  /** One by one where H2 is in this process: it is slow to parse a list of hundreds. */
  @Override
  List<Row> selectAll(Connection connection, JdbcTable table, List<byte[]> ids)
      throws SQLException {
    return server ? super.selectAll(connection, table, ids) : table.selectEach(connection, ids);
  }

  @Override
  boolean mayRetireConnections() {
    return server;
  }

  /** Who opens with {@code AUTO_SERVER} may find the one who serves just coming or going. */
  @Override
  boolean isPassing(SQLException failureToConnect) {
    FailureKind kind = kindOf(failureToConnect);
    return autoServer && (kind == FailureKind.IN_USE || kind == FailureKind.LOST);
  }

  @Override
  Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.of(Capability.COMPARE_AND_SET);
    if (!inMemory) {
      all.add(Capability.PERSISTENT);
    }
    if (server) {
      all.add(Capability.MANY_PROCESSES);
      all.add(Capability.MANY_HOSTS);
    }
    return all;
  }
}
