package io.klepto.archive.jdbc.server;

import org.junit.jupiter.api.Assumptions;

/**
 * The servers of this JVM: each is started when the first test asks for it, and removed when the
 * JVM ends.
 *
 * <p>Where a server can't be had its tests are skipped, with the reason; they fail instead if the
 * environment variable {@code KLEPTO_REQUIRE_DATABASES} is {@code true}.
 */
final class Servers {
  private static final String REQUIRE = "KLEPTO_REQUIRE_DATABASES";

  private Servers() {}

  /** Returns the running PostgreSQL. */
  static DatabaseServer postgres() {
    return Postgres.FOUND.get();
  }

  /** Returns the running MariaDB. */
  static DatabaseServer mariaDb() {
    return MariaDb.FOUND.get();
  }

  /** Starts PostgreSQL when it is first named. */
  private static final class Postgres {
    static final Found FOUND = Found.start("PostgreSQL", PostgresServer::new);
  }

  /** Starts MariaDB when it is first named. */
  private static final class MariaDb {
    static final Found FOUND =
        MariaDbServer.isInstalled()
            ? Found.start("MariaDB", MariaDbServer::new)
            : new Found(
                null,
                "MariaDB: expected mariadbd and mariadb-install-db on the search path or in"
                    + " /usr/sbin, found not both; install the package mariadb-server");
  }

  private interface Starting {
    DatabaseServer start();
  }

  /** A server, or the reason why there is none. */
  private record Found(DatabaseServer server, String missing) {
    static Found start(String product, Starting starting) {
      try {
        DatabaseServer server = starting.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end of " + product));
        return new Found(server, null);
      } catch (RuntimeException e) {
        return new Found(null, product + ": expected it to start, found " + e);
      }
    }

    DatabaseServer get() {
      if (server == null && Boolean.parseBoolean(System.getenv(REQUIRE))) {
        throw new AssertionError(missing + "; required by " + REQUIRE);
      }
      Assumptions.assumeTrue(server != null, missing);
      server.ensureUp();
      return server;
    }
  }
}
