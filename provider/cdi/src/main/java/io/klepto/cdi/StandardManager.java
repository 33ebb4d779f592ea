package io.klepto.cdi;

import javax.cache.CacheManager;
import javax.cache.Caching;

/**
 * The default manager of the default provider, for a container without a bean of its own: opened
 * when it is first needed, and closed with the container. Any number of threads may ask.
 */
final class StandardManager {
  /** Guarded by this. */
  private CacheManager openOrNull;

  synchronized CacheManager open() {
    if (openOrNull == null) {
      openOrNull = Caching.getCachingProvider().getCacheManager();
    }
    return openOrNull;
  }

  synchronized void close() {
    if (openOrNull != null) {
      openOrNull.close();
    }
  }
}
