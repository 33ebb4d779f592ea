package io.klepto.apps;

import io.klepto.archive.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the calls to a store. */
final class CountingStore {
  private final Store store;
  private final Map<String, Integer> calls = new ConcurrentHashMap<>();

  CountingStore(Store next) {
    this.store =
        (Store)
            Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> {
                  calls.merge(method.getName(), 1, Integer::sum);
                  try {
                    return method.invoke(next, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  Store store() {
    return store;
  }

  int calls(String method) {
    return calls.getOrDefault(method, 0);
  }
}
