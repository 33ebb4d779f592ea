package io.klepto.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.Sharing;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two coherent caches that know nothing of each other, over one archive of each kind that has
 * stamps: what one changes, the other's memory never hides.
 */
final class CoherentCachesTest {
  private static final int INCREMENTS = 100;

  @TempDir private Path folder;

  private Cache<String, Integer> open(CachingProvider provider, String scheme) {
    URI location = URI.create(scheme + ":" + folder.resolve("shared").toUri().getRawPath());
    return provider
        .getCacheManager()
        .createCache(
            "shared",
            KleptoConfiguration.builder(String.class, Integer.class)
                .archive(location)
                .sharing(Sharing.builder().coherence(Coherence.STAMPS).build())
                .build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "dir", "hdf", "hdfdir"})
  void changesOfOne_areSeenByTheOther(String scheme) {
    try (CachingProvider here = new KleptoCachingProvider();
        CachingProvider there = new KleptoCachingProvider()) {
      Cache<String, Integer> one = open(here, scheme);
      Cache<String, Integer> other = open(there, scheme);
      one.put("a", 1);
      assertEquals(1, other.get("a"));
      one.put("a", 2);
      assertEquals(2, other.get("a"));
      assertFalse(other.putIfAbsent("a", 9));
      assertTrue(other.replace("a", 2, 3));
      assertEquals(3, one.get("a"));
      other.remove("a");
      assertNull(one.get("a"));
      assertFalse(one.containsKey("a"));
      one.put("b", 4);
      assertEquals(4, other.get("b"));
      one.clear();
      assertNull(other.get("b"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "dir", "hdf", "hdfdir"})
  void countersIncrementedByBoth_loseNothing(String scheme) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (CachingProvider here = new KleptoCachingProvider();
        CachingProvider there = new KleptoCachingProvider()) {
      List<Callable<Void>> work = new ArrayList<>();
      for (CachingProvider provider : List.of(here, there)) {
        Cache<String, Integer> cache = open(provider, scheme);
        work.add(() -> increment(cache));
      }
      for (Future<Void> each : threads.invokeAll(work, 2, TimeUnit.MINUTES)) {
        each.get();
      }
      assertEquals(2 * INCREMENTS, here.getCacheManager().getCache("shared").get("counter"));
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void increment(Cache<String, Integer> cache) {
    for (int i = 0; i < INCREMENTS; i++) {
      cache.invoke(
          "counter",
          (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return null;
          });
    }
    return null;
  }
}
