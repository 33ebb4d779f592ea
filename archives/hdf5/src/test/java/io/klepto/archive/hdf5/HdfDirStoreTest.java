package io.klepto.archive.hdf5;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;

/** {@code hdfdir:} keeps the contract. */
final class HdfDirStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("data");
  }
}
