package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Concurrent misses of one key load once, whichever operations they come from. */
final class SingleFlightTest {
  private static final int THREADS = 16;

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  private KleptoCache<String, Integer> create(GatedLoader loader) {
    return caches.create(TestCaches.numbers().loader(() -> loader));
  }

  @Test
  void get_byManyThreads_loadsOnce() throws Exception {
    GatedLoader loader = new GatedLoader(String::length);
    KleptoCache<String, Integer> cache = create(loader);
    List<Crew.Member<Integer>> getters = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      getters.add(Crew.start(() -> cache.get("four")));
    }
    getters.forEach(Crew.Member::awaitParked);
    loader.go.countDown();
    for (Crew.Member<Integer> getter : getters) {
      assertEquals(4, getter.result());
    }
    assertEquals(List.of("four"), loader.loaded);
  }

  @Test
  void getAll_overlappingInOppositeOrders_loadsEachOnceWithoutDeadlock() throws Exception {
    for (int round = 0; round < 50; round++) {
      AtomicInteger loads = new AtomicInteger();
      String name = "c" + round;
      KleptoCache<String, Integer> cache =
          caches.create(
              name,
              TestCaches.numbers()
                  .loading(
                      key -> {
                        loads.incrementAndGet();
                        return Integer.valueOf(key);
                      })
                  .build());
      Set<String> ascending = new LinkedHashSet<>();
      Set<String> descending = new LinkedHashSet<>();
      for (int i = 0; i < 100; i++) {
        ascending.add(String.valueOf(i));
        descending.add(String.valueOf(99 - i));
      }
      Crew.together(
          2,
          thread -> {
            Map<String, Integer> found = cache.getAll(thread == 0 ? ascending : descending);
            assertEquals(100, found.size());
            found.forEach((key, value) -> assertEquals(Integer.valueOf(key), value));
          });
      assertEquals(100, loads.get());
      caches.manager().destroyCache(name);
    }
  }

  @Test
  void getAll_eachWaitingForTheOther_bothEnd() throws Exception {
    CyclicBarrier bothLoad = new CyclicBarrier(2);
    AtomicInteger loads = new AtomicInteger();
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers()
                .loading(
                    key -> {
                      loads.incrementAndGet();
                      meet(bothLoad);
                      return key.length();
                    }));
    Crew.Member<Integer> one = Crew.start(() -> cache.get("a"));
    Crew.await("the first to load", () -> loads.get() == 1);
    Crew.Member<Map<String, Integer>> both =
        Crew.start(() -> cache.getAll(new LinkedHashSet<>(List.of("a", "bb"))));
    assertEquals(1, one.result());
    assertEquals(Map.of("a", 1, "bb", 2), both.result());
    assertEquals(2, loads.get());
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("nobody came: the others' keys block the own ones", e);
    }
  }

  @Test
  void loadAll_whileGetLoads_waitsAndLoadsOnce() throws Exception {
    GatedLoader loader = new GatedLoader(String::length);
    KleptoCache<String, Integer> cache = create(loader);
    Crew.Member<Integer> getting = Crew.start(() -> cache.get("four"));
    Crew.await(loader.called);
    CompletionListenerFuture completion = new CompletionListenerFuture();
    cache.loadAll(Set.of("four"), false, completion);
    awaitLoadAllToWait();
    assertFalse(completion.isDone());
    loader.go.countDown();
    Crew.get(completion);
    assertEquals(4, getting.result());
    assertEquals(List.of("four"), loader.loaded);
  }

  @Test
  void loadAll_replacing_whileGetLoads_doesNotTakeTheOlderLoad() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers()
                .loading(
                    key -> {
                      int load = loads.incrementAndGet();
                      if (load == 1) {
                        called.countDown();
                        Crew.await(go);
                      }
                      return load;
                    }));
    Crew.Member<Integer> getting = Crew.start(() -> cache.get("k"));
    Crew.await(called);
    CompletionListenerFuture completion = new CompletionListenerFuture();
    cache.loadAll(Set.of("k"), true, completion);
    Crew.get(completion);
    assertEquals(2, cache.get("k"));
    go.countDown();
    assertEquals(1, getting.result());
    assertEquals(2, cache.get("k"), "the older load must not come over the newer");
  }

  /**
   * The thread of {@code loadAll} is the cache's own: there is no other way to it than its name.
   */
  private static void awaitLoadAllToWait() {
    Crew.await(
        "loadAll to wait for the flight",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .anyMatch(
                    thread ->
                        thread.getName().equals("klepto-load-c")
                            && thread.getState() == Thread.State.WAITING));
  }

  @Test
  void get_ofALoaderWithoutValue_isNullForAllAndAskedAgain() throws Exception {
    GatedLoader loader = new GatedLoader(key -> null);
    KleptoCache<String, Integer> cache = create(loader);
    Crew.Member<Integer> one = Crew.start(() -> cache.get("k"));
    Crew.await(loader.called);
    Crew.Member<Integer> two = Crew.start(() -> cache.get("k"));
    two.awaitParked();
    loader.go.countDown();
    assertNull(one.result());
    assertNull(two.result());
    assertEquals(1, loader.loaded.size());
    assertNull(cache.get("k"));
    assertEquals(2, loader.loaded.size());
    assertEquals(0, cache.info().size());
  }

  @Test
  void get_loaderThatThrows_reachesEveryWaiterAndTheNextLoadsAgain() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    IllegalArgumentException reason = new IllegalArgumentException("no database");
    GatedLoader loader =
        new GatedLoader(
            key -> {
              if (attempts.incrementAndGet() == 1) {
                throw reason;
              }
              return 7;
            });
    KleptoCache<String, Integer> cache = create(loader);
    List<Crew.Member<Integer>> getters = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      getters.add(Crew.start(() -> cache.get("k")));
    }
    getters.forEach(Crew.Member::awaitParked);
    loader.go.countDown();
    for (Crew.Member<Integer> getter : getters) {
      CacheLoaderException thrown = assertThrows(CacheLoaderException.class, getter::result);
      assertSame(reason, thrown.getCause());
    }
    assertEquals(7, cache.get("k"));
    assertEquals(2, attempts.get());
  }

  @Test
  void getAll_loaderThatThrowsHalfWay_failsItsWaitersAndLeavesNoFlight() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    GatedLoader loader =
        new GatedLoader(
            key -> {
              if (key.equals("bad") && attempts.incrementAndGet() == 1) {
                throw new IllegalArgumentException("half-way");
              }
              return key.length();
            });
    KleptoCache<String, Integer> cache = create(loader);
    Set<String> keys = new LinkedHashSet<>(List.of("first", "bad", "last"));
    Crew.Member<Map<String, Integer>> bulk = Crew.start(() -> cache.getAll(keys));
    Crew.await(loader.called);
    Crew.Member<Integer> waiter = Crew.start(() -> cache.get("last"));
    waiter.awaitParked();
    loader.go.countDown();
    assertThrows(CacheLoaderException.class, bulk::result);
    assertThrows(CacheLoaderException.class, waiter::result);
    assertEquals(0, cache.info().size());
    assertEquals(
        Map.of("first", 5, "bad", 3, "last", 4), Crew.start(() -> cache.getAll(keys)).result());
  }

  @Test
  void getAll_loaderThatGivesMoreAndLess_keepsWhatWasAskedFor() {
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers().loader(() -> new FixedLoader(Map.of("a", 1, "uninvited", 2))));
    assertEquals(Map.of("a", 1), cache.getAll(Set.of("a", "b")));
    assertEquals(1, cache.info().size());
  }

  @Test
  void getAll_countsEachKeyOnceAsHitOrMiss() {
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers().statistics(true).loader(() -> new FixedLoader(Map.of("b", 2))));
    cache.put("a", 1);
    assertEquals(Map.of("a", 1, "b", 2), cache.getAll(Set.of("a", "b", "absent")));
    assertEquals(1, cache.info().hits());
    assertEquals(2, cache.info().misses());
    assertEquals(Map.of("a", 1, "b", 2), cache.getAll(Set.of("a", "b")));
    assertEquals(3, cache.info().hits());
  }

  private record FixedLoader(Map<String, Integer> values) implements CacheLoader<String, Integer> {
    @Override
    public Integer load(String key) {
      return values.get(key);
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      return values;
    }
  }
}
