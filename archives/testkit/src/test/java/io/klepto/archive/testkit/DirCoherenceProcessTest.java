package io.klepto.archive.testkit;

import io.klepto.archive.store.StoreSettings;

/** {@code dir:} keeps the contract of stamps and locks of keys among processes. */
final class DirCoherenceProcessTest extends CoherenceProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("dir", StoreSettings.none());
  }
}
