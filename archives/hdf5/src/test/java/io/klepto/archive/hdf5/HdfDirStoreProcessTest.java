package io.klepto.archive.hdf5;

import io.klepto.archive.testkit.StoreFixture;
import io.klepto.archive.testkit.StoreProcessContract;

/** {@code hdfdir:} keeps the contract of many processes. */
final class HdfDirStoreProcessTest extends StoreProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("data");
  }
}
