package io.klepto.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.annotation.KeymapKeyGenerator;
import io.klepto.annotation.StandardKeyGenerator;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Key generators and resolver factories that annotations name are beans if they can be. */
final class NamedClassesTest {
  private static final List<String> LOG = new CopyOnWriteArrayList<>();

  @ApplicationScoped
  static class Tenant {
    String name() {
      return "tenant";
    }
  }

  /** Needs injection. */
  @Dependent
  static class TenantKeys implements CacheKeyGenerator {
    @Inject Tenant tenant;
    private final CacheKeyGenerator standard = new StandardKeyGenerator();

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      LOG.add("key for " + tenant.name() + " of " + context.getMethod().getName());
      return standard.generateCacheKey(context);
    }

    @PreDestroy
    void end() {
      LOG.add("destroyed");
    }
  }

  /** Is no bean, and is made. */
  public static final class MadeKeys implements CacheKeyGenerator {
    static final AtomicInteger made = new AtomicInteger();
    private final CacheKeyGenerator standard = new StandardKeyGenerator();

    public MadeKeys() {
      made.incrementAndGet();
    }

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return standard.generateCacheKey(context);
    }
  }

  /** Would be taken for each keymap generator if subclasses stood for their parents. */
  @Singleton
  static class OtherKeys extends KeymapKeyGenerator {
    OtherKeys() {
      LOG.add("the subclass was made");
    }
  }

  /** Takes the caches of the manager that is injected, under names of its own. */
  @ApplicationScoped
  static class PrefixedCaches implements CacheResolverFactory {
    @Inject CacheManager manager;

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      LOG.add("resolver of " + details.getMethod().getName());
      Cache<?, ?> cache =
          manager.createCache("my " + details.getCacheName(), new MutableConfiguration<>());
      return new CacheResolver() {
        @Override
        @SuppressWarnings("unchecked")
        public <K, V> Cache<K, V> resolveCache(
            CacheInvocationContext<? extends Annotation> context) {
          return (Cache<K, V>) cache;
        }
      };
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      throw new UnsupportedOperationException();
    }
  }

  @ApplicationScoped
  static class Work {
    private final AtomicInteger runs = new AtomicInteger();

    @CacheResult(cacheName = "a", cacheKeyGenerator = TenantKeys.class)
    int keyed(int number) {
      return runs.incrementAndGet();
    }

    @CacheResult(cacheName = "b", cacheResolverFactory = PrefixedCaches.class)
    int resolved(int number) {
      return runs.incrementAndGet();
    }

    @CacheResult(cacheName = "c", cacheKeyGenerator = MadeKeys.class)
    int made(int number) {
      return runs.incrementAndGet();
    }

    @CacheResult(cacheName = "d", cacheKeyGenerator = KeymapKeyGenerator.class)
    int mapped(List<Integer> numbers) {
      return runs.incrementAndGet();
    }
  }

  /** Stands for the one it extends. */
  @Alternative
  @Priority(1)
  @Dependent
  static class OtherTenantKeys extends TenantKeys {
    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      LOG.add("alternative");
      return super.generateCacheKey(context);
    }
  }

  private static Container start(Class<?>... more) {
    Class<?>[] all = new Class<?>[more.length + 5];
    List<Class<?>> common =
        List.of(Tenant.class, TenantKeys.class, OtherKeys.class, PrefixedCaches.class, Work.class);
    for (int i = 0; i < all.length; i++) {
      all[i] = i < common.size() ? common.get(i) : more[i - common.size()];
    }
    return Container.of(all);
  }

  @BeforeEach
  void clear() {
    LOG.clear();
  }

  @Test
  void generatorThatIsABean_hasWhatIsInjected_andEndsWithTheContainer() {
    try (Container container = start()) {
      Work work = container.get(Work.class);
      LOG.clear();

      assertEquals(work.keyed(1), work.keyed(1));

      assertEquals(List.of("key for tenant of keyed", "key for tenant of keyed"), LOG);
    }
    assertEquals("destroyed", LOG.get(LOG.size() - 1));
    assertEquals(1, LOG.stream().filter("destroyed"::equals).count());
  }

  @Test
  void factoryThatIsABean_isAskedOnceForEachMethod() {
    try (Container container = start()) {
      Work work = container.get(Work.class);

      assertEquals(work.resolved(1), work.resolved(1));

      assertEquals(1, container.size("my b"));
      assertEquals(1, LOG.stream().filter("resolver of resolved"::equals).count());
    }
  }

  @Test
  void generatorThatIsNoBean_isMadeOnce() {
    int before = MadeKeys.made.get();
    try (Container container = start()) {
      Work work = container.get(Work.class);

      assertEquals(work.made(1), work.made(1));

      assertEquals(before + 1, MadeKeys.made.get());
    }
  }

  @Test
  void beanOfASubclass_standsForItselfAlone() {
    try (Container container = start()) {
      Work work = container.get(Work.class);

      assertEquals(work.mapped(List.of(1)), work.mapped(List.of(1)));

      assertTrue(!LOG.contains("the subclass was made"), LOG::toString);
      assertSame(OtherKeys.class, container.get(OtherKeys.class).getClass());
    }
  }

  @Test
  void alternative_takesTheGeneratorsPlace() {
    try (Container container = start(OtherTenantKeys.class)) {
      container.get(Work.class).keyed(1);

      assertTrue(LOG.contains("alternative"), LOG::toString);
    }
  }
}
