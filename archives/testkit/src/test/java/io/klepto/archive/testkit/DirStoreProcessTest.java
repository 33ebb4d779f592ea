package io.klepto.archive.testkit;

/** {@code dir:} keeps the contract of many processes. */
final class DirStoreProcessTest extends StoreProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new DirFixture();
  }
}
