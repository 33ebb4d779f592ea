package io.klepto.archive.hdf5;

import io.klepto.archive.log.LogOpening;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreSettings;
import io.klepto.archive.testkit.attack.AttackTarget;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code hdf:} as it is attacked. */
class HdfTarget implements AttackTarget {
  private static final String CONTAINER = "archive.hdf5";

  @Override
  public String name() {
    return "hdf:";
  }

  @Override
  public URI location(Path folder) {
    return URI.create("hdf:" + folder.resolve(CONTAINER).toUri().getRawPath());
  }

  @Override
  public Optional<PathOpening> openingByPath() {
    return Optional.of(
        (folder, options) ->
            HdfStores.open(folder.resolve(CONTAINER), options, new LocalDisk(), LogOpening::open));
  }

  @Override
  public Optional<VersionShift> versionShift() {
    return Optional.of((folder, by) -> VersionsAhead.inFile(folder.resolve(CONTAINER), by));
  }

  @Override
  public int casesEach() {
    return 100; // of some 50,000 bytes, most of them 0
  }

  /** The same, left with some of its records in the file and later changes in the log. */
  static final class WithLog extends HdfTarget {
    private static final int PUTS_IN_FILE = 4;

    @Override
    public String name() {
      return "hdf: with a log";
    }

    @Override
    public StoreSettings settings() {
      return StoreSettings.of(Map.of(HdfSettings.COMPACT_ON_CLOSE, "false"));
    }

    @Override
    public Store open(Path folder, String namespace, Optional<Durability> durability) {
      Store store = super.open(folder, namespace, durability);
      AtomicInteger puts = new AtomicInteger();
      Object compacting =
          Proxy.newProxyInstance(
              Store.class.getClassLoader(),
              new Class<?>[] {Store.class},
              (self, method, arguments) -> {
                try {
                  Object result = method.invoke(store, arguments);
                  if (method.getName().equals("put") && puts.incrementAndGet() == PUTS_IN_FILE) {
                    store.compact();
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
      return (Store) compacting;
    }
  }
}
