package io.klepto.archive.testkit;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.net.URI;
import java.util.UUID;

/** {@code dict:} with a name keeps the contract. */
final class DictStoreTest extends StoreContract {
  @Override
  protected StoreFixture newFixture() {
    URI location = URI.create("dict:" + UUID.randomUUID());
    return new StoreFixture() {
      @Override
      public Store open(StoreOptions options) {
        return StoreWorker.openStore(location, options);
      }

      @Override
      public void close() {
        // the name is not used again
      }
    };
  }
}
