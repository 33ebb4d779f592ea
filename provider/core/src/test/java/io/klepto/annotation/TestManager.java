package io.klepto.annotation;

import io.klepto.jcache.KleptoCachingProvider;
import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A manager of a provider of its own, closed after the test. */
final class TestManager implements AfterEachCallback {
  private final KleptoCachingProvider provider = new KleptoCachingProvider();
  private final CacheManager manager =
      provider.getCacheManager(
          URI.create("klepto:annotations"), TestManager.class.getClassLoader(), null);

  CacheManager manager() {
    return manager;
  }

  /** Returns a cache that exists, of any types. */
  Cache<Object, Object> cache(String name) {
    return manager.getCache(name);
  }

  /** Creates a cache that holds references. */
  Cache<Object, Object> byReference(String name) {
    return manager.createCache(
        name, new MutableConfiguration<Object, Object>().setStoreByValue(false));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    provider.close();
  }
}
