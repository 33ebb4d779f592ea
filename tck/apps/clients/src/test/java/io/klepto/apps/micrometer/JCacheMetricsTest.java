package io.klepto.apps.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.jcache.config.KleptoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Micrometer reads of a cache, under managers of several URIs. */
final class JCacheMetricsTest {
  @TempDir Path folder;

  @AfterEach
  void closeProvider() {
    Caching.getCachingProvider().close();
  }

  @Test
  void managerOfTheDefaultUri_isCounted() {
    assertCounts(Caching.getCachingProvider().getCacheManager(), "results");
  }

  @Test
  void managerOfAFile_isCounted() throws IOException {
    Path file = folder.resolve("klepto.conf");
    Files.writeString(file, "klepto { caches { \"of the file\" { statistics = true } } }");
    CacheManager manager = Caching.getCachingProvider().getCacheManager(file.toUri(), null);
    assertCounts(manager, "results");
  }

  @Test
  void cacheOfAnAwkwardName_isCounted() {
    CacheManager manager = Caching.getCachingProvider().getCacheManager();
    assertCounts(manager, "com.example.Order$Line##NaturalId");
    assertCounts(manager, "with spaces and ümlauts");
  }

  private static void assertCounts(CacheManager manager, String name) {
    Cache<String, Integer> cache =
        manager.createCache(
            name,
            KleptoConfiguration.builder(String.class, Integer.class)
                .maxEntries(2)
                .statistics(true)
                .build());
    MeterRegistry registry = new SimpleMeterRegistry();
    JCacheMetrics.monitor(registry, cache, "application", "shop");
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("c", 3); // evicts a
    cache.get("a");
    cache.get("b");
    cache.get("c");
    cache.remove("c");
    assertEquals(2, count(registry, "cache.gets", "result", "hit"));
    assertEquals(1, count(registry, "cache.gets", "result", "miss"));
    assertEquals(3, count(registry, "cache.puts"));
    assertEquals(1, count(registry, "cache.evictions"));
    assertEquals(1, registry.get("cache.removals").gauge().value());
  }

  private static double count(MeterRegistry registry, String meter, String... tags) {
    return registry.get(meter).tags("application", "shop").tags(tags).functionCounter().count();
  }
}
