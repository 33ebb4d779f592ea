package io.klepto.archive.memory;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens stores in the memory of this process: {@code dict:name} is shared by its name until its
 * namespaces are destroyed, {@code dict:/} is private to whoever opens it.
 *
 * <p>Shared among those who loaded this class with the same class loader. Source: klepto's {@code
 * dict_archive}.
 */
public final class DictStoreProvider implements StoreProvider {
  private static final Map<Address, DictRecords> SHARED = new ConcurrentHashMap<>();

  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public DictStoreProvider() {}

  private record Address(String container, String namespace) {}

  @Override
  public Set<String> schemes() {
    return Set.of("dict");
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    MemoryLocation.requireMemory(location, options);
    String container = MemoryLocation.nameIn(location);
    String namespace = options.namespace();
    String name = "dict:" + (container.isEmpty() ? "/" : container) + " [" + namespace + "]";
    if (container.isEmpty()) {
      return new DictStore(name, new DictRecords(options.identity()), () -> {});
    }
    Address address = new Address(container, namespace);
    DictRecords records =
        SHARED.computeIfAbsent(address, absent -> new DictRecords(options.identity()));
    if (!records.identity().equals(options.identity())) {
      throw new ArchiveException(
          "cannot open archive %s: expected the identity %s, found %s; open it as it was created, or choose another namespace"
              .formatted(name, sorted(options.identity()), sorted(records.identity())));
    }
    return new DictStore(name, records, () -> SHARED.remove(address, records));
  }

  private static Map<String, String> sorted(Map<String, String> identity) {
    return new TreeMap<>(identity);
  }
}
