package io.klepto.archive.jdbc;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;

/** H2 with native columns keeps the contract. */
final class H2NativeStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return FileFixture.h2().nativeColumns();
  }
}
