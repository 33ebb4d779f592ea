package io.klepto.archive.jdbc;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;

/** H2 with a table named by a setting keeps the contract. */
final class H2TableStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return FileFixture.h2().tables();
  }
}
