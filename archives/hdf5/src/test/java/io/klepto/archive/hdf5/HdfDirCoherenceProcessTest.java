package io.klepto.archive.hdf5;

import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.CoherenceProcessContract;
import io.klepto.archive.testkit.FolderFixture;
import io.klepto.archive.testkit.StoreFixture;
import java.util.Map;

/** {@code hdfdir:} keeps the contract of stamps and locks of keys among processes. */
final class HdfDirCoherenceProcessTest extends CoherenceProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FolderFixture("hdfdir", StoreSettings.of(Map.of(ValueLayout.SETTING, "data")));
  }
}
