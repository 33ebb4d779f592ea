package io.klepto.archive.jdbc.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real database server of the tests' own: on a free port of 127.0.0.1, its files in a temporary
 * folder. It can be killed and started again on the same files and port.
 *
 * <p>Tests work as {@link #USER}, who is no administrator and needs his password, in containers of
 * their own. Any thread may call; one test at a time kills, stops or starts.
 */
abstract class DatabaseServer implements AutoCloseable {
  /** The user that tests connect as. */
  static final String USER = "klepto";

  /** A user who may read what {@link #grantReading} says, and nothing else. */
  static final String READER = "reader";

  /** The password of both; no message may show it. */
  static final String PASSWORD = "open-Sesame-71";

  private static final AtomicInteger CONTAINERS = new AtomicInteger();

  /** Returns the name of the engine, as in {@code PostgreSQL}. */
  abstract String product();

  /** Returns its port of 127.0.0.1. */
  abstract int port();

  /** Returns a JDBC URL of a container, without user and password, with at least one parameter. */
  abstract String url(String container);

  /** Connects as the administrator, who may do everything. */
  abstract Connection admin() throws SQLException;

  /** Makes an empty container, a schema or a database, in which {@link #USER} may do anything. */
  abstract void create(String container) throws SQLException;

  /** Removes a container with all that is in it, if it is there. */
  abstract void drop(String container) throws SQLException;

  /** Lets {@link #READER} read all tables that a container has now. */
  abstract void grantReading(String container) throws SQLException;

  /** Ends all connections of {@link #USER} on the server's side. */
  abstract void disconnectUser() throws SQLException;

  /** Returns whether {@link #start} is due. */
  abstract boolean isDown();

  /** Starts the server on its files and port, and waits until it takes connections. */
  abstract void start();

  /** Ends the server in order; its files stay. */
  abstract void stop();

  /** Ends the server as {@code kill -9} does, wherever it is; its files stay. */
  abstract void kill();

  /** Ends the server and removes its files. */
  @Override
  public abstract void close();

  /** Makes a container under a fresh name, and returns the name. */
  final String newContainer() {
    String container = "t" + CONTAINERS.incrementAndGet();
    try {
      create(container);
      return container;
    } catch (SQLException e) {
      throw new AssertionError("cannot create container " + container + " in " + product(), e);
    }
  }

  /** Returns the URL of a container with {@link #USER} and {@link #PASSWORD} in it. */
  final String urlWithUser(String container) {
    return url(container) + "&user=" + USER + "&password=" + PASSWORD;
  }

  /** Runs statements as the administrator. */
  final void execute(String... statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Starts the server if a test left it down. */
  final void ensureUp() {
    if (isDown()) {
      start();
    }
  }

  @Override
  public final String toString() {
    return product();
  }
}
