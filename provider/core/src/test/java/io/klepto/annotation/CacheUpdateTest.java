package io.klepto.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.CallKey;
import java.util.HashMap;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll}: when they act. */
final class CacheUpdateTest {
  /** Methods with every setting. */
  @CacheDefaults(cacheName = "stock")
  interface Stock {
    @CacheResult
    Integer amount(String article);

    @CachePut
    void set(String article, @CacheValue Integer amount);

    @CachePut(afterInvocation = false)
    void setBefore(String article, @CacheValue Integer amount);

    @CachePut(cacheFor = IllegalStateException.class)
    void setDespite(String article, @CacheValue Integer amount);

    @CachePut(noCacheFor = IllegalStateException.class)
    void setUnless(String article, @CacheValue Integer amount);

    @CachePut(cacheFor = RuntimeException.class, noCacheFor = IllegalStateException.class)
    void setFiltered(String article, @CacheValue Integer amount);

    @CacheRemove
    void drop(String article);

    @CacheRemove(afterInvocation = false)
    void dropBefore(String article);

    @CacheRemove(evictFor = IllegalStateException.class)
    void dropDespite(String article);

    @CacheRemove(noEvictFor = IllegalStateException.class)
    void dropUnless(String article);

    @CacheRemoveAll
    void dropAll();

    @CacheRemoveAll(afterInvocation = false)
    void dropAllBefore();

    @CacheRemoveAll(evictFor = IllegalStateException.class)
    void dropAllDespite();
  }

  private static final class Store implements Stock {
    final Map<String, Integer> amounts = new HashMap<>();
    Runnable during = () -> {};

    @Override
    public Integer amount(String article) {
      return amounts.get(article);
    }

    @Override
    public void set(String article, Integer amount) {
      during.run();
    }

    @Override
    public void setBefore(String article, Integer amount) {
      during.run();
    }

    @Override
    public void setDespite(String article, Integer amount) {
      during.run();
    }

    @Override
    public void setUnless(String article, Integer amount) {
      during.run();
    }

    @Override
    public void setFiltered(String article, Integer amount) {
      during.run();
    }

    @Override
    public void drop(String article) {
      during.run();
    }

    @Override
    public void dropBefore(String article) {
      during.run();
    }

    @Override
    public void dropDespite(String article) {
      during.run();
    }

    @Override
    public void dropUnless(String article) {
      during.run();
    }

    @Override
    public void dropAll() {
      during.run();
    }

    @Override
    public void dropAllBefore() {
      during.run();
    }

    @Override
    public void dropAllDespite() {
      during.run();
    }
  }

  @RegisterExtension final TestManager caches = new TestManager();
  private final Store store = new Store();
  private final IllegalStateException illegal = new IllegalStateException("closed");
  private final ArithmeticException arithmetic = new ArithmeticException("overflow");

  private Stock stock() {
    return Annotations.with(caches.manager()).proxy(Stock.class, store);
  }

  private Cache<Object, Object> cache() {
    return caches.cache("stock");
  }

  private boolean has(String article) {
    return cache().containsKey(CallKey.of(article));
  }

  private void failing(RuntimeException failure, Runnable call) {
    store.during =
        () -> {
          throw failure;
        };
    assertSame(failure, assertThrows(RuntimeException.class, call::run));
  }

  /** A stock that has apples, in the cache alone. */
  private Stock withApples() {
    Stock stock = stock();
    stock.set("apple", 3);
    return stock;
  }

  @Test
  void put_isThereForResults() {
    Stock stock = withApples();

    assertEquals(3, stock.amount("apple"));
  }

  @Test
  void put_ofNull_removesWhatWasThere() {
    Stock stock = withApples();

    stock.set("apple", null);

    assertFalse(has("apple"));
  }

  @Test
  void put_afterInvocation_isNotThereWhileTheMethodRuns() {
    Stock stock = withApples();
    store.during = () -> assertFalse(has("pear"));

    stock.set("pear", 1);

    assertTrue(has("pear"));
  }

  @Test
  void put_beforeInvocation_isThereWhileTheMethodRunsAndAfterItFails() {
    Stock stock = withApples();
    store.during = () -> assertTrue(has("pear"));
    stock.setBefore("pear", 1);

    failing(illegal, () -> stock.setBefore("plum", 1));

    assertTrue(has("plum"));
  }

  @Test
  void put_afterException_dependsOnTheLists() {
    Stock stock = withApples();

    failing(illegal, () -> stock.set("none listed", 1));
    failing(illegal, () -> stock.setDespite("listed", 1));
    failing(arithmetic, () -> stock.setDespite("unlisted", 1));
    failing(illegal, () -> stock.setUnless("excluded", 1));
    failing(arithmetic, () -> stock.setUnless("not excluded", 1));
    failing(illegal, () -> stock.setFiltered("listed and excluded", 1));
    failing(arithmetic, () -> stock.setFiltered("listed and not excluded", 1));

    assertFalse(has("none listed"));
    assertTrue(has("listed"));
    assertFalse(has("unlisted"));
    assertFalse(has("excluded"));
    assertTrue(has("not excluded"));
    assertFalse(has("listed and excluded"));
    assertTrue(has("listed and not excluded"));
  }

  @Test
  void remove_afterInvocation_isThereWhileTheMethodRuns() {
    Stock stock = withApples();
    store.during = () -> assertTrue(has("apple"));

    stock.drop("apple");

    assertFalse(has("apple"));
  }

  @Test
  void remove_beforeInvocation_isGoneWhileTheMethodRuns() {
    Stock stock = withApples();
    store.during = () -> assertFalse(has("apple"));

    stock.dropBefore("apple");

    assertFalse(has("apple"));
  }

  @Test
  void remove_afterException_dependsOnTheLists() {
    Stock stock = withApples();

    failing(illegal, () -> stock.drop("apple"));
    assertTrue(has("apple"));
    failing(arithmetic, () -> stock.dropDespite("apple"));
    assertTrue(has("apple"));
    failing(illegal, () -> stock.dropUnless("apple"));
    assertTrue(has("apple"));
    failing(illegal, () -> stock.dropDespite("apple"));
    assertFalse(has("apple"));

    store.during = () -> {};
    stock.set("apple", 3);
    failing(arithmetic, () -> stock.dropUnless("apple"));
    assertFalse(has("apple"));
  }

  @Test
  void removeAll_actsBeforeAfterAndDespite() {
    Stock stock = withApples();
    stock.set("pear", 1);
    failing(illegal, stock::dropAll);
    assertTrue(has("apple") && has("pear"));

    store.during = () -> assertTrue(has("apple"));
    stock.dropAll();
    assertFalse(has("apple") || has("pear"));

    store.during = () -> {};
    stock.set("apple", 3);
    store.during = () -> assertFalse(has("apple"));
    stock.dropAllBefore();

    store.during = () -> {};
    stock.set("apple", 3);
    failing(illegal, stock::dropAllDespite);
    assertFalse(has("apple"));
  }
}
