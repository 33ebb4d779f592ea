package io.klepto.archive.jdbc;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;

/** SQLite with a table named by a setting keeps the contract. */
final class SqliteTableStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return FileFixture.sqlite().tables();
  }
}
