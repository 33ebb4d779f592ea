package io.klepto.archive.testkit;

/** {@code file:} keeps the contract. */
final class FileStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return new FileFixture();
  }
}
