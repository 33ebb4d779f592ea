package io.klepto.tck.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import io.klepto.jcache.KleptoCachingProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All annotation tests of the TCK pass under each way to run them, whoever has the caches. */
final class AnnotationTckTest {
  private static final Map<String, Way> WAYS =
      new TreeMap<>(
          Map.of(
              "Guice",
              GuiceBeans::new,
              "proxies",
              ProxyBeans::new,
              "Spring",
              SpringBeans::new,
              "Weld",
              CdiBeans::new));

  private static final Map<String, Supplier<CachingProvider>> PROVIDERS =
      new TreeMap<>(
          Map.of("ours", KleptoCachingProvider::new, "Caffeine's", CaffeineCachingProvider::new));

  static List<Arguments> runs() {
    return WAYS.keySet().stream()
        .flatMap(way -> PROVIDERS.keySet().stream().map(caches -> Arguments.of(way, caches)))
        .toList();
  }

  @ParameterizedTest(name = "{0}, caches are {1}")
  @MethodSource("runs")
  void everyTest_passes(String way, String caches) throws Exception {
    try (CachingProvider provider = PROVIDERS.get(caches).get();
        CacheManager manager = provider.getCacheManager();
        Way.Beans beans = WAYS.get(way).over(manager)) {
      AnnotationTck run = AnnotationTck.run(beans);

      assertEquals("", run.failure());
      assertEquals(AnnotationTck.TESTS, run.tests());
      assertTrue(run.beansAsked() >= AnnotationTck.TESTS, () -> "beans asked for in " + run);
      Set<String> used = new TreeSet<>();
      manager.getCacheNames().forEach(used::add);
      assertTrue(
          used.containsAll(Set.of("blogManager", "blgMngr")),
          () -> "caches of the manager " + used);
    }
  }

  @Test
  void withoutBeans_theTestsPassButAskForNone() throws Exception {
    AnnotationTck run = AnnotationTck.run(null);

    assertEquals(new AnnotationTck(AnnotationTck.TESTS, 0, ""), run);
  }

  @Test
  void withoutCaching_theTestsFail() throws Exception {
    try (Way.Beans beans = new UncachedBeans()) {
      AnnotationTck run = AnnotationTck.run(beans);

      assertTrue(run.failure().contains("Item should still be in the cache"), run.failure());
    }
  }

  /** The classes of the TCK as they are. */
  private record UncachedBeans() implements Way.Beans {
    @Override
    public <T> T getBeanByType(Class<T> type) {
      try {
        return type.getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public void close() {}
  }
}
