package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.TestCaches;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions over a cache that was made elsewhere. */
final class MemoOverCacheTest {
  private final TestCaches caches = new TestCaches();
  private final AtomicInteger evaluations = new AtomicInteger();
  private final Map<Object, Object> foreign = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A cache of another provider, as far as this package asks it. */
  @SuppressWarnings("unchecked")
  private Cache<Object, Object> foreignCache() {
    return (Cache<Object, Object>)
        Proxy.newProxyInstance(
            Cache.class.getClassLoader(),
            new Class<?>[] {Cache.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getName" -> "foreign";
                  case "get" -> foreign.get(arguments[0]);
                  case "put" -> {
                    foreign.put(arguments[0], arguments[1]);
                    yield null;
                  }
                  case "removeAll" -> {
                    foreign.keySet().removeAll((Set<?>) arguments[0]);
                    yield null;
                  }
                  case "forEach" -> {
                    foreign.forEach(
                        (key, value) ->
                            ((java.util.function.Consumer<Object>) arguments[0])
                                .accept(entry(key, value)));
                    yield null;
                  }
                  default -> throw new CacheException("not expected: " + method);
                });
  }

  private static Object entry(Object key, Object value) {
    return Proxy.newProxyInstance(
        Cache.class.getClassLoader(),
        new Class<?>[] {Cache.Entry.class},
        (proxy, method, arguments) -> method.getName().equals("getKey") ? key : value);
  }

  private KleptoCache<Object, Object> kleptoCache() {
    return caches.create(
        KleptoConfiguration.builder(Object.class, Object.class)
            .archive(URI.create("dict:/"))
            .allow("io.klepto.memoize.*")
            .statistics(true));
  }

  private String evaluate(Object argument) {
    evaluations.incrementAndGet();
    return argument.equals("none") ? null : "of " + argument;
  }

  @Test
  void anyCache_remembersAndKeepsFunctionsApart() {
    for (Cache<Object, Object> cache : List.of(foreignCache(), kleptoCache())) {
      evaluations.set(0);
      try (Memoizer memoizer = Memoizer.over(cache)) {
        RememberedFunction<Object, String> first = memoizer.memoize("first", this::evaluate);
        RememberedFunction<Object, Integer> second =
            memoizer.memoize("second", a -> a.toString().length());
        for (int i = 0; i < 2; i++) {
          assertEquals("of a", first.apply("a"));
          assertNull(first.apply("none"));
          assertEquals(1, second.apply("a"));
        }
        assertEquals(2, evaluations.get());
        assertEquals("of a", first.lookup("a"));
        assertEquals("of a", cache.get(first.key("a")));
        first.clearAll();
        assertEquals("of a", first.apply("a"));
        assertEquals(3, evaluations.get());
        assertEquals(1, cache.get(second.key("a")), "another function's stays");
      }
    }
  }

  @Test
  void foreignCache_manyThreadsAtOnceEvaluateOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Memoizer memoizer = Memoizer.over(foreignCache())) {
      RememberedFunction<Object, String> function =
          memoizer.memoize(
              "slow",
              a -> {
                Crew.await(go);
                return evaluate(a);
              });
      List<Crew.Member<String>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        callers.add(Crew.start(() -> function.apply("a")));
      }
      callers.forEach(Crew.Member::awaitParked);
      go.countDown();
      for (Crew.Member<String> caller : callers) {
        assertEquals("of a", caller.result());
      }
      assertEquals(1, evaluations.get());
    }
  }

  @Test
  void foreignCache_refusesByNameWhatItDoesNotKnow() {
    try (Memoizer memoizer = Memoizer.over(foreignCache())) {
      RememberedFunction<Object, String> function = memoizer.memoize("f", this::evaluate);
      for (Function<Remembered, Object> verb :
          List.<Function<Remembered, Object>>of(
              Remembered::info, Remembered::archive, Remembered::archived)) {
        UnsupportedOperationException refused =
            assertThrows(UnsupportedOperationException.class, () -> verb.apply(function));
        assertTrue(refused.getMessage().contains("found foreign"), refused::getMessage);
      }
      assertThrows(UnsupportedOperationException.class, function::load);
      assertThrows(UnsupportedOperationException.class, function::dump);
      assertThrows(UnsupportedOperationException.class, () -> function.archived(true));
    }
  }

  @Test
  void kleptoCache_hasEverything() {
    KleptoCache<Object, Object> cache = kleptoCache();
    try (Memoizer memoizer = Memoizer.over(cache)) {
      RememberedFunction<Object, String> function = memoizer.memoize("f", this::evaluate);
      function.apply("a");
      function.apply("a");
      assertEquals(cache.info(), function.info());
      assertEquals(1, function.info().hits());
      function.clear();
      assertEquals(0, cache.info().size());
      function.load();
      assertEquals("of a", function.lookup("a"));
      function.dump();
      assertTrue(function.archived());
      assertEquals(cache.archive(), function.archive());
      function.archived(false);
      assertTrue(cache.archive().isEmpty());
    }
    assertEquals(1, evaluations.get());
    cache.put("still", "open");
  }

  /** A function whose code can be looked at. */
  @FunctionalInterface
  interface Code extends Function<Integer, Integer>, Serializable {}

  @Test
  void foreignCache_keepsVersionsToo() {
    Code old = n -> n + 1;
    Code changed = n -> n + 2;
    try (Memoizer memoizer = Memoizer.builder("v").versioned().over(foreignCache())) {
      assertEquals(2, memoizer.memoize("f", old).apply(1));
    }
    try (Memoizer memoizer = Memoizer.builder("v").versioned().over(foreignCache())) {
      RememberedFunction<Integer, Integer> function = memoizer.memoize("f", changed);
      assertEquals(3, function.apply(1));
      assertFalse(function.explain().isEmpty());
      assertEquals(1, function.prune());
      assertEquals(2, foreign.size(), "the result of this version, and what is known of versions");
    }
  }

  @Test
  void settingsOfACacheThatIsGiven_areRefused() {
    MemoizerBuilder builder = Memoizer.builder("bounded").maxEntries(3);
    assertThrows(IllegalStateException.class, () -> builder.over(foreignCache()));
  }
}
