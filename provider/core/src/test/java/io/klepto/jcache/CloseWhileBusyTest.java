package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While a cache closes, each call under way ends, normally or with IllegalStateException. */
final class CloseWhileBusyTest {
  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void close_amongAllOperations_eachEnds() throws Exception {
    for (int round = 0; round < 10; round++) {
      KleptoCache<String, Integer> cache =
          caches.create(
              TestCaches.numbers()
                  .loading(String::length)
                  .writer(() -> new MapWriter(key -> false))
                  .listener(Listeners.synchronous((type, event) -> {}))
                  .statistics(true)
                  .management(true)
                  .maxEntries(5));
      AtomicInteger calls = new AtomicInteger();
      Crew.together(
          6,
          thread -> {
            if (thread == 0) {
              Crew.await("the others to be at work", () -> calls.get() > 200);
              cache.close();
            } else {
              workUntilClosed(cache, new Random(thread), calls);
            }
          });
      assertTrue(cache.isClosed());
    }
  }

  private static void workUntilClosed(
      KleptoCache<String, Integer> cache, Random random, AtomicInteger calls) {
    try {
      while (true) {
        calls.incrementAndGet();
        String key = "k" + random.nextInt(20);
        switch (random.nextInt(9)) {
          case 0 -> cache.put(key, 1);
          case 1 -> cache.remove(key);
          case 2 -> cache.getAll(Set.of(key, "k1x", "k2x"));
          case 3 -> cache.putAll(Map.of(key + "y", 1, "k1z", 2, "k2x", 3));
          case 4 -> cache.removeAll();
          case 5 -> cache.clear();
          case 6 -> {
            for (Cache.Entry<String, Integer> entry : cache) {
              assertTrue(entry.getValue() >= 0);
            }
          }
          case 7 ->
              cache.invoke(
                  key,
                  (entry, arguments) -> {
                    entry.setValue(entry.exists() ? entry.getValue() + 1 : 0);
                    return null;
                  });
          default -> cache.get(key);
        }
      }
    } catch (IllegalStateException e) {
      assertTrue(cache.isClosed(), () -> "before the end: " + e);
    }
  }

  @Test
  void close_whileALoadIsUnderWay_itsWaitersEnd() throws Exception {
    GatedLoader loader = new GatedLoader(String::length);
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().loader(() -> loader));
    List<Crew.Member<Integer>> getters =
        List.of(Crew.start(() -> cache.get("four")), Crew.start(() -> cache.get("four")));
    getters.forEach(Crew.Member::awaitParked);
    Crew.run(cache::close).result();
    loader.go.countDown();
    for (Crew.Member<Integer> getter : getters) {
      try {
        assertEquals(4, getter.result());
      } catch (IllegalStateException closed) {
        assertTrue(closed.getMessage().contains("closed"), closed::toString);
      }
    }
    assertThrows(IllegalStateException.class, () -> cache.get("four"));
  }

  @Test
  void close_fromWithinAProcessor_doesNotHang() throws Exception {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    cache.put("other", 1);
    Crew.run(
            () -> {
              try {
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      cache.close();
                      return null;
                    });
              } catch (CacheException | IllegalStateException e) {
                assertTrue(cache.isClosed(), e::toString);
              }
            })
        .result();
    assertTrue(cache.isClosed());
  }

  @Test
  void managerClose_whileAProcessorAsksTheManager_bothEnd() throws Exception {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Crew.Member<Void> processing =
        Crew.run(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      inside.countDown();
                      Crew.await(go);
                      return assertThrows(
                          IllegalStateException.class,
                          () ->
                              cache
                                  .getCacheManager()
                                  .createCache("new", TestCaches.numbers().build()));
                    }));
    Crew.await(inside);
    Crew.Member<Void> closing = Crew.run(() -> cache.getCacheManager().close());
    Crew.await("the manager to be closed", () -> cache.getCacheManager().isClosed());
    go.countDown();
    closing.result();
    processing.result();
  }
}
