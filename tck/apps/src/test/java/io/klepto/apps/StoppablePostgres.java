package io.klepto.apps;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A PostgreSQL server that can be stopped and started again, on its own files and port. */
final class StoppablePostgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  /**
   * Starts a server.
   *
   * @param data an empty folder for its files
   */
  StoppablePostgres(Path data) throws IOException {
    this.data = data;
    this.port = freePort();
    start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI location() {
    return URI.create("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
  }

  void start() throws IOException {
    running =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("unix_socket_directories", "")
            .setPGStartupWait(PATIENCE)
            .start();
  }

  void stop() throws IOException {
    EmbeddedPostgres stopped = running;
    running = null;
    if (stopped != null) {
      stopped.close();
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
