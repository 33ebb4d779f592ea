package io.klepto.archive.memory;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.util.Set;

/**
 * Opens stores that take everything and keep nothing: {@code null:/}.
 *
 * <p>Source: klepto's {@code null_archive}.
 */
public final class NullStoreProvider implements StoreProvider {
  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public NullStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("null");
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    MemoryLocation.requireMemory(location, options);
    String rest = MemoryLocation.nameIn(location);
    if (!rest.isEmpty()) {
      throw new ArchiveException(
          "cannot open archive %s: expected nothing behind the scheme, found \"%s\"; write null:/"
              .formatted(location, rest));
    }
    return new NullStore("null:/ [" + options.namespace() + "]");
  }
}
