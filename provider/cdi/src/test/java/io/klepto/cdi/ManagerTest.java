package io.klepto.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;

/** Whose caches a container uses, and who closes them. */
final class ManagerTest {
  private static final String CACHE = "numbers";

  @ApplicationScoped
  static class Work {
    @Inject CacheManager manager;
    static volatile boolean openAtTheEnd;

    @CacheResult(cacheName = CACHE)
    int next(int number) {
      return number + 1;
    }

    CacheManager manager() {
      return manager;
    }

    @PreDestroy
    void end() {
      openAtTheEnd = next(41) == 42 && !manager.isClosed();
    }
  }

  private static CacheManager standard() {
    return Caching.getCachingProvider().getCacheManager();
  }

  @Test
  void standardManager_isTheDefaultOfTheProvider_closedAfterTheBeans() {
    CacheManager standard = standard();
    Cache<Object, Object> cache;
    Work.openAtTheEnd = false;
    try (Container container = Container.withoutManager(Work.class)) {
      Work work = container.get(Work.class);
      work.next(1);

      cache = standard.getCache(CACHE);
      assertNotNull(cache);
      assertSame(cache, work.manager().getCache(CACHE));
      assertFalse(standard.isClosed());
    }
    assertTrue(Work.openAtTheEnd);
    assertTrue(cache.isClosed());
    assertTrue(standard.isClosed());
  }

  @Test
  void standardManager_thatNobodyNeeded_staysAsItWas() {
    try (CacheManager standard = standard()) {
      Container.withoutManager(Work.class).close();

      assertFalse(standard.isClosed());
    }
  }

  /** A manager that the application keeps. */
  @Dependent
  static class KeptManager {
    static final AtomicInteger asked = new AtomicInteger();

    @Produces
    CacheManager manager() {
      asked.incrementAndGet();
      return open();
    }

    static CacheManager open() {
      return Caching.getCachingProvider()
          .getCacheManager(URI.create("klepto:kept"), KeptManager.class.getClassLoader());
    }
  }

  @ApplicationScoped
  static class TwoCaches {
    @CacheResult(cacheName = CACHE)
    int one(int number) {
      return number;
    }

    @CacheResult(cacheName = "others")
    int other(int number) {
      return number;
    }
  }

  @Test
  void managerOfAProducer_takesItsPlace_andStaysOpen() {
    KeptManager.asked.set(0);
    try (CacheManager kept = KeptManager.open()) {
      try (CacheManager standard = standard();
          Container container = Container.withoutManager(TwoCaches.class, KeptManager.class)) {
        TwoCaches work = container.get(TwoCaches.class);

        work.one(1);
        work.other(1);

        assertNotNull(kept.getCache(CACHE));
        assertNotNull(kept.getCache("others"));
        assertNull(standard.getCache(CACHE));
        assertEquals(1, KeptManager.asked.get());
      }
      assertFalse(kept.isClosed());
    }
  }

  @Test
  void managerOfAProducer_isClosedByItsDisposer() {
    Cache<Object, Object> cache;
    try (Container container = Container.of(Work.class)) {
      container.get(Work.class).next(1);
      cache = container.cacheOrNull(CACHE);
      assertFalse(cache.isClosed());
    }
    assertTrue(cache.isClosed());
  }
}
