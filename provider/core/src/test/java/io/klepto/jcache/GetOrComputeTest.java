package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A value is taken from memory or archive, or else computed by the function of the call. */
final class GetOrComputeTest {
  private final TestCaches caches = new TestCaches();
  private final AtomicInteger computed = new AtomicInteger();

  @AfterEach
  void close() {
    caches.close();
  }

  private KleptoCache<String, Integer> create(
      KleptoConfigurationBuilder<String, Integer> configuration) {
    return caches.create(configuration.statistics(true));
  }

  private Integer compute(String key) {
    computed.incrementAndGet();
    return key.length();
  }

  @Test
  void absentKey_isComputedKeptAndCounted() {
    KleptoCache<String, Integer> cache = create(TestCaches.numbers());
    assertEquals(3, cache.getOrCompute("abc", this::compute));
    assertEquals(3, cache.getOrCompute("abc", this::compute));
    assertEquals(3, cache.get("abc"));
    assertEquals(1, computed.get());
    assertEquals(new CacheInfo(2, 1, 0, Long.MAX_VALUE, 1, 0), cache.info());
  }

  @Test
  void archivedKey_isLoadedNotComputed() {
    KleptoCache<String, Integer> cache = create(TestCaches.numbers().archive(URI.create("dict:/")));
    cache.getOrCompute("abc", this::compute);
    cache.evictAll(true);
    assertEquals(3, cache.getOrCompute("abc", this::compute));
    assertEquals(1, computed.get());
    assertEquals(new CacheInfo(0, 1, 1, Long.MAX_VALUE, 1, 0), cache.info());
  }

  @Test
  void nullFromTheFunction_isReturnedAndNotKept() {
    KleptoCache<String, Integer> cache = create(TestCaches.numbers());
    assertNull(cache.getOrCompute("abc", key -> null));
    assertEquals(0, cache.info().size());
    assertEquals(3, cache.getOrCompute("abc", this::compute));
  }

  @Test
  void failureOfTheFunction_reachesTheCallerAsItIs() {
    KleptoCache<String, Integer> cache = create(TestCaches.numbers());
    IllegalArgumentException failure = new IllegalArgumentException("mine");
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                cache.getOrCompute(
                    "abc",
                    key -> {
                      throw failure;
                    }));
    assertSame(failure, thrown);
    assertEquals(new CacheInfo(0, 0, 0, Long.MAX_VALUE, 0, 0), cache.info());
    assertEquals(3, cache.getOrCompute("abc", this::compute));
  }

  @Test
  void loaderOfTheCache_isNotAsked() {
    KleptoCache<String, Integer> cache = create(TestCaches.numbers().loading(key -> -1));
    assertEquals(3, cache.getOrCompute("abc", this::compute));
    assertEquals(-1, cache.get("other"));
  }

  @Test
  void keyPutWhileItIsComputed_keepsWhatWasPut() throws Exception {
    KleptoCache<String, Integer> cache = create(TestCaches.numbers());
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Crew.Member<Integer> computer =
        Crew.start(
            () ->
                cache.getOrCompute(
                    "abc",
                    key -> {
                      computing.countDown();
                      Crew.await(go);
                      return compute(key);
                    }));
    Crew.await(computing);
    cache.put("abc", 42);
    go.countDown();
    assertEquals(3, computer.result());
    assertEquals(42, cache.get("abc"));
  }

  /** Who waits for a thread that only looks into the archive computes when that finds nothing. */
  @Test
  void keyThatAnotherThreadOnlyLooksFor_isComputedAllTheSame() throws Exception {
    GatedLoader nothing = new GatedLoader(key -> null);
    KleptoCache<String, Integer> cache = create(TestCaches.numbers().loader(() -> nothing));
    Crew.Member<Integer> reader = Crew.start(() -> cache.get("abc"));
    Crew.await("the loader to be asked", () -> !nothing.loaded.isEmpty());
    Crew.Member<Integer> computer = Crew.start(() -> cache.getOrCompute("abc", this::compute));
    computer.awaitParked();
    nothing.go.countDown();
    assertNull(reader.result());
    assertEquals(3, computer.result());
  }
}
