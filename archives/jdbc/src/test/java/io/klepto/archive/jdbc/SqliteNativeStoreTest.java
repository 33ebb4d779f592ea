package io.klepto.archive.jdbc;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;

/** SQLite with native columns keeps the contract. */
final class SqliteNativeStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return FileFixture.sqlite().nativeColumns();
  }
}
