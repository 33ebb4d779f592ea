package io.klepto.jcache.config.file;

import static io.klepto.jcache.config.file.Parts.nameOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads that want a configured cache get one and the same. */
final class ConfiguredCachesRaceTest {
  @TempDir Path folder;
  private Managers managers;

  @BeforeEach
  void start() {
    managers = new Managers(folder);
  }

  @AfterEach
  void close() {
    managers.close();
  }

  /** Counts how often a cache is made. */
  static final class CountedLoader implements CacheLoader<Object, Object> {
    static final AtomicInteger MADE = new AtomicInteger();

    CountedLoader() {
      MADE.incrementAndGet();
    }

    @Override
    public Object load(Object key) {
      return key;
    }

    @Override
    public java.util.Map<Object, Object> loadAll(Iterable<?> keys) {
      return java.util.Map.of();
    }
  }

  @Test
  void getCacheAndCreateCache_atTheSameTime_createOne() throws Exception {
    CacheManager manager = managers.read("klepto.caches.c.loader = " + nameOf(CountedLoader.class));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 50; round++) {
        CountedLoader.MADE.set(0);
        boolean creating = round % 2 == 0;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Cache<?, ?>>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          boolean creates = creating && i == 0;
          calls.add(
              threads.submit(
                  () -> {
                    start.await();
                    return creates ? created(manager) : manager.getCache("c");
                  }));
        }
        start.countDown();
        Set<Object> caches = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        for (Future<Cache<?, ?>> call : calls) {
          caches.add(call.get(60, TimeUnit.SECONDS));
        }
        assertEquals(1, caches.size(), "round " + round);
        assertEquals(1, CountedLoader.MADE.get(), "round " + round);
        manager.getCache("c").close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Creates the cache, or finds that somebody else was quicker. */
  private static Cache<?, ?> created(CacheManager manager) {
    try {
      return manager.createCache("c", new MutableConfiguration<>());
    } catch (CacheException e) {
      return manager.getCache("c");
    }
  }
}
