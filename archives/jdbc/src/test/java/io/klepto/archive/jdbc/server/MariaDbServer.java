package io.klepto.archive.jdbc.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * MariaDB as it is installed on this machine; also runs as root. A container is a database.
 *
 * <p>Commits are acknowledged when the operating system has them ({@code
 * innodb_flush_log_at_trx_commit} is 2), which is what survives the death of the server's process.
 */
final class MariaDbServer extends DatabaseServer {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final String SERVER = "mariadbd";
  private static final String INSTALLER = "mariadb-install-db";

  /** Where servers are installed beside the search path. */
  private static final List<String> MORE_FOLDERS =
      List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin");

  private final TemporaryFolder folder = TemporaryFolder.create("klepto-mariadb");
  private final Path data = folder.path().resolve("data");
  private final Path log = folder.path().resolve("log.txt");
  private final int port = TemporaryFolder.freePort();
  private Process running;

  /** Starts a server on fresh files. */
  MariaDbServer() {
    install();
    start();
    try {
      execute(
          "create user " + USER + " identified by '" + PASSWORD + "'",
          "grant reload on *.* to " + USER, // without forced commits, sync needs it
          "create user " + READER + " identified by '" + PASSWORD + "'");
    } catch (SQLException e) {
      throw new AssertionError("cannot make the tests' users in MariaDB", e);
    }
  }

  /** Returns whether server and installer are found on this machine. */
  static boolean isInstalled() {
    return find(SERVER).isPresent() && find(INSTALLER).isPresent();
  }

  private static Optional<Path> find(String program) {
    return ForeignTool.onPath(program, MORE_FOLDERS);
  }

  private void install() {
    List<String> command = commandOf(INSTALLER);
    command.add("--auth-root-authentication-method=normal");
    command.add("--skip-test-db");
    Process installing = run(command);
    try {
      if (!installing.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)
          || installing.exitValue() != 0) {
        installing.destroyForcibly();
        throw failed(INSTALLER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while installing a database of MariaDB", e);
    }
  }

  /** Starts a command line with what installer and server have in common. */
  private List<String> commandOf(String program) {
    List<String> command = new ArrayList<>();
    command.add(find(program).orElseThrow().toString());
    command.add("--no-defaults");
    command.add("--datadir=" + data);
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    return command;
  }

  private Process run(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command, e);
    }
  }

  private IllegalStateException failed(String program) {
    try {
      return new IllegalStateException(program + " failed:\n" + Files.readString(log));
    } catch (IOException e) {
      return new IllegalStateException(program + " failed without a log", e);
    }
  }

  @Override
  String product() {
    return "MariaDB";
  }

  @Override
  int port() {
    return port;
  }

  @Override
  String url(String container) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + container + "?sslMode=disable";
  }

  @Override
  Connection admin() throws SQLException {
    return DriverManager.getConnection(url("mysql") + "&user=root");
  }

  @Override
  void create(String container) throws SQLException {
    execute("create database `" + container + "`", "grant all on `" + container + "`.* to " + USER);
  }

  @Override
  void drop(String container) throws SQLException {
    execute("drop database if exists `" + container + "`");
  }

  @Override
  void grantReading(String container) throws SQLException {
    execute("grant select on `" + container + "`.* to " + READER);
  }

  @Override
  void disconnectUser() throws SQLException {
    List<Long> connections = new ArrayList<>();
    try (Connection connection = admin();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select id from information_schema.processlist where user = '" + USER + "'")) {
      while (found.next()) {
        connections.add(found.getLong(1));
      }
    }
    for (long connection : connections) {
      execute("kill " + connection);
    }
  }

  @Override
  boolean isDown() {
    return running == null;
  }

  @Override
  void start() {
    List<String> command = commandOf(SERVER);
    command.add("--socket=" + folder.path().resolve("socket"));
    command.add("--pid-file=" + folder.path().resolve("pid"));
    command.add("--port=" + port);
    command.add("--bind-address=127.0.0.1");
    command.add("--innodb-flush-log-at-trx-commit=2");
    command.add("--max-allowed-packet=256M");
    running = run(command);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!takesConnections()) {
      if (!running.isAlive() || System.nanoTime() > deadline) {
        running.destroyForcibly();
        throw failed(SERVER);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean takesConnections() {
    try (Connection connection = admin()) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  void stop() {
    running.destroy();
    running.onExit().join();
    running = null;
  }

  @Override
  void kill() {
    running.destroyForcibly();
    running.onExit().join();
    running = null;
  }

  @Override
  public void close() {
    if (!isDown()) {
      stop();
    }
    folder.delete();
  }
}
