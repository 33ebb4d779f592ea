package io.klepto.archive.testkit;

import io.klepto.archive.store.StoreSettings;

/** {@code dir:} keeps the contract. */
final class DirStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("dir", StoreSettings.none());
  }
}
