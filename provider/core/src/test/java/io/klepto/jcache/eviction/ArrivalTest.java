package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;

/**
 * An entry that comes into memory has been used once, however it came. A put that had to look into
 * the archive first used to count twice there, so that LFU kept the newcomer and evicted older
 * entries.
 */
final class ArrivalTest {
  private static final List<Integer> NEWEST_TWO = List.of(3, 4);

  @Test
  void putOverArchivedKey_countsOneUse() {
    assertEquals(NEWEST_TWO, survivors(configuration("eternal")));
  }

  @Test
  void putOverArchivedKey_countsOneUse_whenItReadsTheArchiveFirst() {
    Duration day = new Duration(TimeUnit.DAYS, 1);
    assertEquals(
        NEWEST_TWO,
        survivors(configuration("expiring").expiry(CreatedExpiryPolicy.factoryOf(day))));
  }

  private static KleptoConfigurationBuilder<Integer, String> configuration(String namespace) {
    return KleptoConfiguration.builder(Integer.class, String.class)
        .policy(EvictionPolicy.LFU)
        .maxEntries(3)
        .batch(2)
        .archive(URI.create("dict:arrival"))
        .archiveNamespace(namespace)
        .dropOnDestroy(true);
  }

  /** Puts an archived key anew, and three others; returns what is in memory then. */
  private static List<Integer> survivors(KleptoConfigurationBuilder<Integer, String> builder) {
    try (CachingProvider provider = Caching.getCachingProvider();
        CacheManager manager = provider.getCacheManager()) {
      Cache<Integer, String> cache = manager.createCache("arrival", builder.build());
      KleptoCache<?, ?> klepto = cache.unwrap(KleptoCache.class);
      cache.put(1, "archived");
      klepto.evictAll(true);
      for (int key = 1; key <= 4; key++) {
        cache.put(key, "put");
      }
      List<Integer> survivors =
          IntStream.rangeClosed(1, 4).filter(key -> isInMemory(cache, key)).boxed().toList();
      manager.destroyCache("arrival");
      return survivors;
    }
  }

  private static boolean isInMemory(Cache<Integer, String> cache, int key) {
    return ((KleptoCache<Integer, String>) cache).lookup(key) != null;
  }
}
