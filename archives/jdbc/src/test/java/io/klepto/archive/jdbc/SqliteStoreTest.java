package io.klepto.archive.jdbc;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;

/** SQLite keeps the contract. */
final class SqliteStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return FileFixture.sqlite();
  }
}
