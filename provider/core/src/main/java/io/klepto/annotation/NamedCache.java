package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheResolver;
import javax.cache.configuration.MutableConfiguration;

/**
 * The cache of a name, whatever the call: had from the manager when it is first asked for, created
 * with the manager's defaults if it is missing, and had anew once it is closed.
 *
 * <p>Any number of threads may ask. Threads that ask at the same time may each ask the manager, and
 * get the same cache.
 */
final class NamedCache implements CacheResolver {
  private final Supplier<? extends CacheManager> managers;
  private final String name;
  private volatile Cache<?, ?> cache;

  NamedCache(Supplier<? extends CacheManager> managers, String name) {
    this.managers = managers;
    this.name = name;
  }

  @Override
  @SuppressWarnings("unchecked") // the keys are generated, the values the method's
  public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> callOrNull) {
    Cache<?, ?> known = cache;
    return (Cache<K, V>) (known == null || known.isClosed() ? found() : known);
  }

  private Cache<?, ?> found() {
    CacheManager manager = managers.get();
    Cache<?, ?> found = manager.getCache(name);
    if (found == null) {
      found = created(manager);
    }
    cache = found;
    return found;
  }

  private Cache<?, ?> created(CacheManager manager) {
    try {
      return manager.createCache(name, new MutableConfiguration<>());
    } catch (CacheException e) {
      Cache<?, ?> createdByAnother = manager.getCache(name);
      if (createdByAnother == null) {
        throw e;
      }
      return createdByAnother;
    }
  }
}
