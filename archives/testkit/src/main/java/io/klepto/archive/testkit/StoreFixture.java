package io.klepto.archive.testkit;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import java.net.URI;
import java.util.Optional;

/**
 * A container of its own for one test, in which the contract opens stores.
 *
 * <p>Any thread may call.
 */
public interface StoreFixture extends AutoCloseable {
  /** Opens a namespace of the container, which is the same container at each call. */
  Store open(StoreOptions options);

  /** Returns the way to the raw records, for injecting damage; empty where there is none. */
  default Optional<RawRecords> rawRecords() {
    return Optional.empty();
  }

  /**
   * Returns where another process opens the same container, by the {@code StoreProvider} for its
   * scheme; empty where it can't.
   */
  default Optional<URI> location() {
    return Optional.empty();
  }

  /** Removes the container. The contract has closed its stores before. */
  @Override
  void close();
}
