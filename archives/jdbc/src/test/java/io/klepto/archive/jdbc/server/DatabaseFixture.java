package io.klepto.archive.jdbc.server;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.testkit.RawRecords;
import io.klepto.archive.testkit.StoreFixture;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * A database for the contract of stores. The raw bytes of a record are those of its column; the
 * columns beside it are the matter of {@link ChangedColumnsTest}.
 *
 * @param settings what the stores are opened with
 */
record DatabaseFixture(Database database, Map<String, String> settings)
    implements StoreFixture, RawRecords {
  @Override
  public Store open(StoreOptions options) {
    return Stores.open(database.location(), options, settings);
  }

  @Override
  public Optional<URI> location() {
    return Optional.of(database.location());
  }

  @Override
  public Optional<RawRecords> rawRecords() {
    return Optional.of(this);
  }

  @Override
  public byte[] read(String namespace, KeyBytes key) {
    String sql =
        "select %s from %s where %s = ?"
            .formatted(quote("record"), tableOf(namespace), quote("key_id"));
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, idOf(key));
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        return found.getBytes(1);
      }
    } catch (SQLException e) {
      throw new AssertionError("cannot read the row of " + key, e);
    }
  }

  @Override
  public void write(String namespace, KeyBytes key, byte[] bytes) {
    String sql =
        "update %s set %s = ? where %s = ?"
            .formatted(tableOf(namespace), quote("record"), quote("key_id"));
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, bytes);
      statement.setBytes(2, idOf(key));
      if (statement.executeUpdate() != 1) {
        throw new AssertionError("expected a row of " + key + ", found none");
      }
    } catch (SQLException e) {
      throw new AssertionError("cannot change the row of " + key, e);
    }
  }

  /** Returns the id of the row of a key, which is what {@code RowFormat} says. */
  private static byte[] idOf(KeyBytes key) {
    return key.length() > 0 && key.length() < 32 ? key.bytes() : key.sha256();
  }

  private String quote(String name) {
    return database.engine().quote(name);
  }

  private String tableOf(String namespace) {
    return Stores.tableOf(database, namespace);
  }

  @Override
  public void close() {
    database.close();
  }
}
