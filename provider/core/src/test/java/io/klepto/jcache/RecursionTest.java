package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.KleptoConfiguration;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A remembered function may ask for its own values of other keys. */
final class RecursionTest {
  private static final int DEPTH = 500;

  private final TestCaches caches = new TestCaches();
  private final AtomicInteger calls = new AtomicInteger();
  private KleptoCache<Integer, BigInteger> cache;

  @AfterEach
  void close() {
    caches.close();
  }

  private void create() {
    cache =
        caches.create(
            KleptoConfiguration.builder(Integer.class, BigInteger.class).loading(this::factorial));
  }

  private BigInteger factorial(int n) {
    calls.incrementAndGet();
    return n == 0 ? BigInteger.ONE : cache.get(n - 1).multiply(BigInteger.valueOf(n));
  }

  private static BigInteger expected(int n) {
    BigInteger product = BigInteger.ONE;
    for (int i = 2; i <= n; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    return product;
  }

  @Test
  void get_deepRecursion_computesEachOnce() throws Exception {
    create();
    assertEquals(expected(DEPTH), Crew.start(() -> cache.get(DEPTH)).result());
    assertEquals(DEPTH + 1, calls.get());
    assertEquals(expected(17), cache.get(17));
    assertEquals(DEPTH + 1, calls.get());
  }

  @Test
  void invoke_deepRecursion_computesEachOnce() throws Exception {
    create();
    BigInteger found =
        Crew.start(() -> cache.invoke(DEPTH, (entry, arguments) -> entry.getValue())).result();
    assertEquals(expected(DEPTH), found);
    assertEquals(DEPTH + 1, calls.get());
  }

  @Test
  void get_byManyThreadsOverlapping_computesEachOnce() throws Exception {
    create();
    Crew.together(8, thread -> assertEquals(expected(100 + thread), cache.get(100 + thread)));
    assertEquals(108, calls.get());
  }

  @Test
  void getAll_ofKeysThatNeedEachOther_computesEachOnce() throws Exception {
    create();
    Set<Integer> keys = Set.of(5, 4, 3);
    Map<Integer, BigInteger> found = Crew.start(() -> cache.getAll(keys)).result();
    assertEquals(Map.of(3, expected(3), 4, expected(4), 5, expected(5)), found);
    assertEquals(6, calls.get());
  }

  @Test
  void loadAll_ofKeysThatNeedEachOther_computesEachOnce() throws Exception {
    create();
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    cache.loadAll(Set.of(5, 4, 3), false, loaded);
    Crew.get(loaded);
    assertEquals(expected(5), cache.lookup(5));
    assertEquals(6, calls.get());
  }

  /** In one thread such a circle is a re-entry; over two it used to wait for ever. */
  @Test
  void get_loadsThatNeedEachOtherInACircle_throwInsteadOfHanging() throws Exception {
    CountDownLatch bothLoad = new CountDownLatch(2);
    cache =
        caches.create(
            KleptoConfiguration.builder(Integer.class, BigInteger.class)
                .loading(
                    key -> {
                      bothLoad.countDown();
                      Crew.await(bothLoad);
                      return cache.get(1 - key);
                    }));
    List<Crew.Member<BigInteger>> members =
        List.of(Crew.start(() -> cache.get(0)), Crew.start(() -> cache.get(1)));
    for (Crew.Member<BigInteger> member : members) {
      CacheLoaderException refused =
          assertThrows(CacheLoaderException.class, member::result, "a circle has no value");
      assertTrue(refused.getMessage().contains("circle"), refused::getMessage);
    }
  }
}
