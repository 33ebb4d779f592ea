package io.klepto.archive.testkit;

import io.klepto.archive.store.StoreSettings;

/** {@code dir:} keeps the contract of many processes. */
final class DirStoreProcessTest extends StoreProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("dir", StoreSettings.none());
  }
}
