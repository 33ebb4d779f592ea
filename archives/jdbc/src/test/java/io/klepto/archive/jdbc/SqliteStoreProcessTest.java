package io.klepto.archive.jdbc;

import io.klepto.archive.testkit.StoreFixture;
import io.klepto.archive.testkit.StoreProcessContract;

/** SQLite keeps the contract of many processes. */
final class SqliteStoreProcessTest extends StoreProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return FileFixture.sqlite();
  }
}
