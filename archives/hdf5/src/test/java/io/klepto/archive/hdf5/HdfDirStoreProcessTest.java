package io.klepto.archive.hdf5;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.FolderFixture;
import io.klepto.archive.testkit.StoreFixture;
import io.klepto.archive.testkit.StoreProcessContract;
import java.util.Map;

/** {@code hdfdir:} keeps the contract of many processes. */
final class HdfDirStoreProcessTest extends StoreProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("hdfdir", StoreSettings.of(Map.of(ValueLayout.SETTING, "data")));
  }
}
