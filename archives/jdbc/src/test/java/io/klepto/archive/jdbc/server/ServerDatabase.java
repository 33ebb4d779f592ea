package io.klepto.archive.jdbc.server;

import java.sql.SQLException;

/**
 * A container in a server.
 *
 * @param container the name of the schema or database
 */
record ServerDatabase(TestEngine engine, DatabaseServer server, String container)
    implements Database {
  static ServerDatabase create(TestEngine engine, DatabaseServer server) {
    return new ServerDatabase(engine, server, server.newContainer());
  }

  @Override
  public String url() {
    return server.urlWithUser(container);
  }

  /** Removes the container; a server that a test left down is started for that. */
  @Override
  public void close() {
    server.ensureUp();
    try {
      server.drop(container);
    } catch (SQLException e) {
      throw new AssertionError("cannot remove container " + container + " of " + server, e);
    }
  }
}
