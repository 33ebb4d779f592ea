package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.jcache.config.KleptoConfiguration;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
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
}
