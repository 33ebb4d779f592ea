package io.klepto.archive.testkit;

/** {@code file:} keeps the contract of stamps and locks of keys among processes. */
final class FileCoherenceProcessTest extends CoherenceProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FileFixture();
  }
}
