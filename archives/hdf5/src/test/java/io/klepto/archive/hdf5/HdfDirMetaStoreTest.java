package io.klepto.archive.hdf5;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.FolderFixture;
import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;
import java.util.Map;

/** {@code hdfdir:} keeps the contract with values in attributes. */
final class HdfDirMetaStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("hdfdir", StoreSettings.of(Map.of(ValueLayout.SETTING, "meta")));
  }
}
