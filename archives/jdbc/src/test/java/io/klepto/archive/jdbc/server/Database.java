package io.klepto.archive.jdbc.server;

import java.net.URI;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database, or a schema of one, of a test's own; closing removes it. */
interface Database extends AutoCloseable {
  /** Returns the engine. */
  TestEngine engine();

  /** Returns the JDBC URL, with user and password where they are needed. */
  String url();

  /** Removes the database with all that is in it. */
  @Override
  void close();

  /** Returns {@link #url} as the location of a store. */
  default URI location() {
    return URI.create(url());
  }

  /** Connects past our own code. */
  default Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** Runs statements past our own code. */
  default void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns the columns of all rows of a query, past our own code. */
  default List<List<Object>> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (found.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(plain(found.getObject(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Returns a large object, which lives only as long as its connection, as a plain one. */
  private static Object plain(Object cell) throws SQLException {
    if (cell instanceof Clob text) {
      return text.getSubString(1, (int) text.length());
    }
    return cell instanceof Blob bytes ? bytes.getBytes(1, (int) bytes.length()) : cell;
  }
}
