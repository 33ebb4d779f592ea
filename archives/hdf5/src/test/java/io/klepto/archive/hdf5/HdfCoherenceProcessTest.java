package io.klepto.archive.hdf5;

import io.klepto.archive.testkit.CoherenceProcessContract;
import io.klepto.archive.testkit.StoreFixture;
import java.util.Map;

/** {@code hdf:} keeps the contract of stamps and locks of keys among processes. */
final class HdfCoherenceProcessTest extends CoherenceProcessContract {
  @Override
  protected StoreFixture newFixture() {
    return new FileFixture(Map.of());
  }
}
