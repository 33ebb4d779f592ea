package io.klepto.examples.jakarta;

import io.klepto.jcache.config.KleptoConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * The application's caches: {@code primes}, in the folder that the system property {@code
 * primes.folder} names; unless set, {@code primes}. A cache that has nothing to say for itself need
 * not be here.
 */
@ApplicationScoped
class Caches {
  @Produces
  @ApplicationScoped
  CacheManager open() {
    CacheManager manager = Caching.getCachingProvider().getCacheManager();
    manager.createCache(
        "primes",
        KleptoConfiguration.builder(GeneratedCacheKey.class, Long.class)
            .archive(Path.of(System.getProperty("primes.folder", "primes")))
            .build());
    return manager;
  }

  void close(@Disposes CacheManager manager) {
    manager.close();
  }
}
