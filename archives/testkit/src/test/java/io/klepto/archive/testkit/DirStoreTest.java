package io.klepto.archive.testkit;

/** {@code dir:} keeps the contract. */
final class DirStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return new DirFixture();
  }
}
