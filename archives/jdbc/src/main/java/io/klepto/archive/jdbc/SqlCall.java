package io.klepto.archive.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Something done with a connection.
 *
 * @param <T> what it yields
 */
interface SqlCall<T> {
  /** Does it; may be called again after a failure that changed nothing. */
  T run(Connection connection) throws SQLException;
}
