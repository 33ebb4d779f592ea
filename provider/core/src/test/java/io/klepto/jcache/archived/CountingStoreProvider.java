package io.klepto.jcache.archived;

import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens stores in memory by {@code counted:} and knows how many are open. */
public final class CountingStoreProvider implements StoreProvider {
  static final AtomicInteger OPEN = new AtomicInteger();
  static final AtomicInteger OPENED = new AtomicInteger();

  /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
  public CountingStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("counted");
  }

  @Override
  public Store open(URI location, StoreOptions options) {
    ArchiveConfiguration<Object, Object> any =
        ArchiveConfiguration.builder(Object.class, Object.class).build();
    Store store = Archives.open(URI.create("dict:/"), any).store();
    OPEN.incrementAndGet();
    OPENED.incrementAndGet();
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                OPEN.decrementAndGet();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
