package io.klepto.archive.jdbc;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;

/** H2 in a file keeps the contract. */
final class H2StoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return FileFixture.h2();
  }
}
