package io.klepto.apps;

import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/**
 * The providers on the class path of these tests, by name, as an application chooses among many.
 */
final class Providers {
  static final String KLEPTO = "io.klepto.jcache.KleptoCachingProvider";
  static final String CAFFEINE = "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider";

  private Providers() {}

  /** Returns the manager of a provider; closing the provider ends the run of the application. */
  static CacheManager manager(String provider) {
    return Caching.getCachingProvider(provider).getCacheManager();
  }

  static void close(String provider) {
    CachingProvider closing = Caching.getCachingProvider(provider);
    closing.close();
  }
}
