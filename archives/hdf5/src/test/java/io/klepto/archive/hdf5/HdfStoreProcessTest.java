package io.klepto.archive.hdf5;

import io.klepto.archive.testkit.StoreFixture;
import io.klepto.archive.testkit.StoreProcessContract;
import java.util.Map;

/** {@code hdf:} keeps the contract of many processes. */
final class HdfStoreProcessTest extends StoreProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FileFixture(Map.of());
  }
}
