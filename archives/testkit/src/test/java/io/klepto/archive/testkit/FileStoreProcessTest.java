package io.klepto.archive.testkit;

/** {@code file:} keeps the contract of many processes. */
final class FileStoreProcessTest extends StoreProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FileFixture();
  }
}
