package io.klepto.archive.testkit;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.util.ServiceLoader;

/** Opens bare stores by their URIs, as an archive would do with more around them. */
public final class StoresByUri {
  private StoresByUri() {}

  /**
   * Opens a store by the first provider that knows the scheme.
   *
   * @throws IllegalArgumentException if none does
   */
  public static Store open(URI location, StoreOptions options) {
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      if (provider.schemes().contains(location.getScheme())) {
        return provider.open(location, options);
      }
    }
    throw new IllegalArgumentException("no store provider for " + location);
  }
}
