package io.klepto.archive.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Makes the connections that the pool holds, each prepared as the dialect wants it. Never shows URL
 * or password. Safe for use by many threads.
 */
final class DriverSource implements DataSource {
  private static final int LEAST_PAUSE_MILLIS = 10;
  private static final int MOST_PAUSE_MILLIS = 200;

  private final Driver driver;
  private final Dialect dialect;
  private final Access access;
  private final AtomicReference<Connection> first = new AtomicReference<>();

  DriverSource(Driver driver, Dialect dialect, Access access) {
    this.driver = driver;
    this.dialect = dialect;
    this.access = access;
  }

  /**
   * Makes the connection that is given out first. A pool that fails to connect while it is made
   * sleeps a second before it says so.
   */
  void connectFirst() throws SQLException {
    first.set(connectInTime());
  }

  /** Closes what {@link #connectFirst} made, if nobody took it. */
  void closeFirst() throws SQLException {
    Connection unused = first.getAndSet(null);
    if (unused != null) {
      unused.close();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection made = first.getAndSet(null);
    return made == null ? connectInTime() : made;
  }

  /** Connects, and again while the failure is one that passes by itself. */
  private Connection connectInTime() throws SQLException {
    long deadline =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(access.timeouts().connectMillis());
    while (true) {
      try {
        return connect();
      } catch (SQLException e) {
        if (!dialect.isPassing(e) || System.nanoTime() - deadline > 0) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(SQLException reason) throws SQLException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the pool is being closed
      throw reason;
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = dialect.properties(access);
    if (access.user() != null) {
      properties.setProperty("user", access.user());
    }
    if (access.password() != null) {
      properties.setProperty("password", access.password());
    }
    Connection connection = driver.connect(dialect.url(access.url()), properties);
    if (connection == null) {
      throw new SQLException(
          "the driver " + driver.getClass().getName() + " does not take the URL");
    }
    try {
      dialect.prepare(connection, access);
      return connection;
    } catch (SQLException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("connections of other users");
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("parent logger");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("expected no wrapper for " + type.getName() + ", found none");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public String toString() {
    return "connections to " + access;
  }
}
