package io.klepto.archive.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Connections of one {@link Access}, used in threads of their own.
 *
 * <p>Safe for use by many threads. Where an engine lets one connection write at a time, writers of
 * this process queue here, in a lock, instead of polling the file.
 */
final class ConnectionPool implements AutoCloseable {
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final HikariDataSource source;
  private final DriverSource connections;
  private final QuietThreads threads;
  private final boolean oneWriter;
  private final ReentrantLock writer = new ReentrantLock();

  private ConnectionPool(
      HikariDataSource source, DriverSource connections, QuietThreads threads, boolean oneWriter) {
    this.source = source;
    this.connections = connections;
    this.threads = threads;
    this.oneWriter = oneWriter;
  }

  /**
   * Opens a pool with its first connection.
   *
   * @throws SQLException if there is none to be had
   */
  static ConnectionPool open(Access access, Dialect dialect) throws SQLException {
    DriverSource connections =
        new DriverSource(access.url().engine().driver(access.url()), dialect, access);
    QuietThreads threads = new QuietThreads(access.poolSize());
    try {
      HikariDataSource source =
          onlySql(
              threads, () -> dialect.open(access.url(), () -> open(access, dialect, connections)));
      return new ConnectionPool(source, connections, threads, dialect.hasOneWriter());
    } catch (SQLException | RuntimeException e) {
      threads.close();
      throw e;
    }
  }

  private static HikariDataSource open(Access access, Dialect dialect, DriverSource connections)
      throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("klepto " + access);
    config.setDataSource(connections);
    config.setMaximumPoolSize(access.poolSize());
    config.setMinimumIdle(1);
    config.setIdleTimeout(IDLE_MILLIS);
    config.setConnectionTimeout(access.timeouts().connectMillis());
    if (!dialect.mayRetireConnections()) {
      config.setMaxLifetime(0);
    }
    connections.connectFirst();
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw e.getCause() instanceof SQLException reason ? reason : new SQLException(e);
    } finally {
      connections.closeFirst();
    }
  }

  /** Makes a call that only reads. */
  <T> T read(SqlCall<T> call) throws SQLException {
    return onlySql(threads, () -> withConnection(call));
  }

  /** Makes a call that writes. */
  <T> T write(SqlCall<T> call) throws SQLException {
    return onlySql(
        threads,
        () -> {
          if (!oneWriter) {
            return withConnection(call);
          }
          writer.lock();
          try {
            return withConnection(call);
          } finally {
            writer.unlock();
          }
        });
  }

  private <T> T withConnection(SqlCall<T> call) throws SQLException {
    try (Connection connection = connection()) {
      return call.run(connection);
    }
  }

  /**
   * Returns a connection of the pool; if it has none in time, one for this call alone. The pool
   * pauses ever longer while a server is down, so that it may not know yet that the server is back,
   * and why there is none only the driver can say. There are never more calls than connections.
   *
   * @throws SQLTransientConnectionException if there is none to be had
   */
  private Connection connection() throws SQLException {
    try {
      return source.getConnection();
    } catch (SQLTransientConnectionException tooLate) {
      try {
        return connections.getConnection();
      } catch (SQLException reason) {
        throw new SQLTransientConnectionException(
            reason.getMessage(), reason.getSQLState(), reason.getErrorCode(), reason);
      }
    }
  }

  private static <T> T onlySql(QuietThreads threads, Work<T> work) throws SQLException {
    try {
      return threads.call(work::run);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("work throws nothing else", e);
    }
  }

  /** Something done with a database, in a thread that nobody interrupts. */
  interface Work<T> {
    /** Does it. */
    T run() throws SQLException;
  }

  /** Gives up the connections that there are, so that the next call makes a new one. */
  void forgetConnections() {
    source.getHikariPoolMXBean().softEvictConnections();
  }

  /** Closes the connections; nobody is inside. */
  @Override
  public void close() throws SQLException {
    try {
      onlySql(
          threads,
          () -> {
            source.close();
            return null;
          });
    } finally {
      threads.close();
    }
  }
}
