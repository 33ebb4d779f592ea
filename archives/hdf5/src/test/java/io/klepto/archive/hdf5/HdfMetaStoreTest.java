package io.klepto.archive.hdf5;

import io.klepto.archive.testkit.StoreContract;
import io.klepto.archive.testkit.StoreFixture;
import java.util.Map;

/** {@code hdf:} keeps the contract with values in attributes. */
final class HdfMetaStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    return new FileFixture(Map.of(ValueLayout.SETTING, "meta"));
  }
}
