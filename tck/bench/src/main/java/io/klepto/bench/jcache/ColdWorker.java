package io.klepto.bench.jcache;

import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/**
 * Makes one cache of the provider whose class it is given, as an application does, puts an entry
 * and gets it; or does nothing at all.
 */
final class ColdWorker {
  /** The name of an empty program. */
  static final String NOTHING = "EMPTY_PROGRAM";

  private ColdWorker() {}

  public static void main(String[] arguments) {
    if (arguments[0].equals(NOTHING)) {
      return;
    }
    Cache<String, String> cache =
        Caching.getCachingProvider(arguments[0])
            .getCacheManager()
            .createCache(
                "cold",
                new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    cache.put("key", "value");
    if (!"value".equals(cache.get("key"))) {
      throw new IllegalStateException("not found");
    }
  }
}
