package io.klepto.archive.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
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
  private final QuietThreads threads;
  private final boolean oneWriter;
  private final ReentrantLock writer = new ReentrantLock();

  private ConnectionPool(HikariDataSource source, QuietThreads threads, boolean oneWriter) {
    this.source = source;
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
      HikariDataSource source = onlySql(threads, () -> open(access, dialect, connections));
      return new ConnectionPool(source, threads, dialect.hasOneWriter());
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
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw e.getCause() instanceof SQLException reason ? reason : new SQLException(e);
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
    try (Connection connection = source.getConnection()) {
      return call.run(connection);
    }
  }

  private static <T> T onlySql(QuietThreads threads, SqlWork<T> work) throws SQLException {
    try {
      return threads.call(work::run);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("work throws nothing else", e);
    }
  }

  private interface SqlWork<T> {
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
