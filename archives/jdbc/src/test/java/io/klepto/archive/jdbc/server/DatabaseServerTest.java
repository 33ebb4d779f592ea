package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The servers that the other tests rely on do what these tests expect of them. */
final class DatabaseServerTest {
  @Test
  void postgres_killedAndStarted_hasWhatWasCommitted() throws SQLException {
    keepsCommitsWhenKilled(Servers.postgres());
  }

  @Test
  void mariaDb_killedAndStarted_hasWhatWasCommitted() throws SQLException {
    keepsCommitsWhenKilled(Servers.mariaDb());
  }

  private static void keepsCommitsWhenKilled(DatabaseServer server) throws SQLException {
    String container = server.newContainer();
    String url = server.urlWithUser(container);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create table numbers (n int)");
      statement.execute("insert into numbers values (7)");
      server.kill();
      assertThrows(SQLException.class, () -> statement.execute("select 1"));
    }
    assertThrows(SQLException.class, () -> DriverManager.getConnection(url).close());
    server.start();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select n from numbers")) {
      found.next();
      assertEquals(7, found.getInt(1));
    }
    server.drop(container);
  }
}
