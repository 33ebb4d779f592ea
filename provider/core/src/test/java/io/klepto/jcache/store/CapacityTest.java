package io.klepto.jcache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.TestCaches;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bounded cache under many threads: within its bound at rest, and never a wrong value. */
final class CapacityTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 4_000;
  private static final int KEYS = 300;

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @ParameterizedTest
  @CsvSource({"LRU, 1", "LFU, 1", "MRU, 1", "RR, 1", "LRU, 7", "LFU, 7", "MRU, 7", "RR, 7"})
  void atRest_theBoundHoldsAndEveryValueIsItsKeys(EvictionPolicy policy, int batch)
      throws Exception {
    long seed = System.nanoTime();
    String run = policy + ", seed " + seed;
    int maxEntries = 50;
    KleptoCache<Integer, Integer> cache =
        caches.create(
            KleptoConfiguration.builder(Integer.class, Integer.class)
                .policy(policy)
                .maxEntries(maxEntries)
                .batch(batch)
                .seed(seed));
    Crew.together(THREADS, thread -> work(cache, new Random(seed + thread)));
    assertTrue(cache.info().size() <= maxEntries, () -> run + ": " + cache.info());

    Set<Integer> found = new TreeSet<>();
    for (int key = 0; key < KEYS; key++) {
      Integer value = cache.lookup(key);
      if (value != null) {
        found.add(key);
        assertEquals(key, value % KEYS, run);
      }
    }
    assertEquals(cache.info().size(), found.size(), run + ": placeholders or lost entries");
    Set<Integer> walked = new TreeSet<>();
    cache.forEach(entry -> walked.add(entry.getKey()));
    assertEquals(found, walked, run);

    for (int key = 0; key < KEYS; key++) {
      cache.put(key, key);
      Integer value = cache.lookup(key);
      assertTrue(value == null || value == key, run);
      assertTrue(cache.info().size() <= maxEntries, run);
    }
  }

  private static void work(KleptoCache<Integer, Integer> cache, Random random) {
    for (int i = 0; i < ROUNDS; i++) {
      int key = random.nextInt(KEYS);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> cache.put(key, key + KEYS * random.nextInt(100));
        case 3 -> cache.remove(key);
        case 4 ->
            cache.invoke(
                key,
                (entry, arguments) -> {
                  entry.setValue(entry.exists() ? entry.getValue() + KEYS : key);
                  return null;
                });
        case 5 -> {
          int other = (key + 1) % KEYS;
          cache.putAll(Map.of(key, key, other, other));
        }
        default -> {
          Integer value = cache.get(key);
          assertTrue(value == null || value % KEYS == key, () -> key + " has " + value);
        }
      }
    }
  }
}
