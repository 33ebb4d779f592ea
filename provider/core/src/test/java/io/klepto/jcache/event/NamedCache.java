package io.klepto.jcache.event;

import java.lang.reflect.Proxy;
import javax.cache.Cache;

/** A cache that has a name and can do nothing. */
final class NamedCache {
  private NamedCache() {}

  @SuppressWarnings("unchecked") // a proxy of an interface has no type arguments to get wrong
  static <K, V> Cache<K, V> of(String name) {
    return (Cache<K, V>)
        Proxy.newProxyInstance(
            NamedCache.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getName")) {
                return name;
              }
              throw new UnsupportedOperationException(method.toString());
            });
  }
}
