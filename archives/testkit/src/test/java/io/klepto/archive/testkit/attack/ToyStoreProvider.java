package io.klepto.archive.testkit.attack;

import io.klepto.archive.store.Durability;
import io.klepto.archive.store.PathLocation;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens {@link ToyStore}s, each flaw by a scheme of its own, also in processes that are killed. */
public final class ToyStoreProvider implements StoreProvider {
  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public ToyStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Arrays.stream(Flaw.values()).map(Flaw::scheme).collect(Collectors.toSet());
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    for (Flaw flaw : Flaw.values()) {
      if (flaw.scheme().equals(location.getScheme())) {
        return open(PathLocation.containerOf(location), options, flaw);
      }
    }
    throw new IllegalArgumentException(location.toString());
  }

  static Store open(Path folder, StoreOptions options, Flaw flaw) {
    Path file = folder.resolve(options.namespace().replace(' ', '-') + ".toy");
    return new ToyStore(file, flaw, options.durability().orElse(Durability.OS));
  }
}
