package io.klepto.apps.spring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.annotation.KeymapKeyGenerator;
import io.klepto.archive.CallKey;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.keymap.Keymaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.support.AopUtils;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Spring runs the JCache annotations by interceptors of its own: over our caches, with our key
 * generators named by the annotations, in a context as an application has it.
 */
final class SpringAnnotationsTest {
  @Configuration(proxyBeanMethods = false)
  @EnableCaching(proxyTargetClass = true)
  static class Caching {}

  /** One run of an application. */
  private static final class Application implements AutoCloseable {
    final KleptoCachingProvider provider = new KleptoCachingProvider();
    final CacheManager manager = provider.getCacheManager();
    final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    final Weather weather = new Weather();

    Application() {
      for (String name : List.of("routes", "places", "alarms", "failures")) {
        manager.createCache(name, new MutableConfiguration<>());
      }
      manager.createCache("references", new MutableConfiguration<>().setStoreByValue(false));
    }

    Weather start() {
      if (manager.getCache("weather") == null) {
        manager.createCache("weather", new MutableConfiguration<>());
      }
      context.registerBean(JCacheCacheManager.class, () -> new JCacheCacheManager(manager));
      context.registerBean(Weather.class, () -> weather);
      context.register(Caching.class);
      context.refresh();
      Weather bean = context.getBean(Weather.class);
      assertTrue(AopUtils.isCglibProxy(bean));
      return bean;
    }

    Cache<Object, Object> cache(String name) {
      return manager.getCache(name);
    }

    @Override
    public void close() {
      context.close();
      provider.close();
    }
  }

  @TempDir Path folder;
  private final Application application = new Application();

  @AfterEach
  void stop() {
    application.close();
  }

  private List<Object> calls() {
    return application.weather.calls();
  }

  @Test
  void standardKeys_meetAcrossMethods() {
    Weather weather = application.start();
    int[] days = {1, 2};

    weather.forecast("Rome", days);
    assertArrayEquals(new double[] {4, 2}, weather.forecast("Rome", new int[] {1, 2}));
    assertEquals(List.of("Rome"), calls());
    assertTrue(application.cache("weather").containsKey(CallKey.of("Rome", days)));

    weather.know("Oslo", days, new double[] {-3});
    assertArrayEquals(new double[] {-3}, weather.forecast("Oslo", days));
    weather.forget("Oslo", days);
    weather.forecast("Oslo", days);
    assertEquals(List.of("Rome", "Oslo"), calls());

    weather.forgetAll();
    assertFalse(application.cache("weather").iterator().hasNext());
  }

  @Test
  void keymapGenerator_byName_makesCanonicalKeys() {
    Weather weather = application.start();
    List<String> towns = new ArrayList<>(List.of("Rome", "Oslo"));

    weather.route(towns);
    towns.add("Bern");
    assertEquals(2, weather.route(Arrays.asList("Rome", "Oslo")));
    assertEquals(2, weather.routeFor("Ann", List.of("Rome", "Oslo")));
    assertEquals(3, weather.route(towns));

    assertEquals(2, calls().size());
  }

  @Test
  void subclassOfTheGenerator_byName_roundsAndIgnores() {
    Weather weather = application.start();

    weather.at(41.91, true);
    assertEquals(41.91, weather.at(41.93, false));
    weather.at(42.1, false);

    assertEquals(List.of(41.91, 42.1), calls());
  }

  @Test
  void generatorThatIsABean_isTheOneThatIsUsed() {
    application.context.registerBean(
        KeymapKeyGenerator.class,
        () -> KeymapKeyGenerator.builder().keymap(Keymaps.hash()).build());
    Weather weather = application.start();

    weather.route(List.of("Rome"));

    String key = application.cache("routes").iterator().next().getKey().toString();
    assertTrue(key.matches("\\([0-9a-f]{64}\\)"), key);
  }

  @Test
  void archivedCache_hasItsEntriesInTheNextRun() {
    for (int run = 0; run < 2; run++) {
      try (Application next = new Application()) {
        next.manager.createCache(
            "weather",
            KleptoConfiguration.builder(Object.class, Object.class).archive(folder).build());
        assertArrayEquals(new double[] {4, 1}, next.start().forecast("Rome", new int[] {1}));
        assertEquals(run == 0 ? List.of("Rome") : List.of(), next.weather.calls());
      }
    }
  }

  @Test
  void exception_isThrownAgainWithoutACall() {
    Weather weather = application.start();

    assertThrows(IOException.class, () -> weather.alarm("Rome"));
    IOException again = assertThrows(IOException.class, () -> weather.alarm("Rome"));

    assertEquals("no line to Rome", again.getMessage());
    assertEquals(List.of("Rome"), calls());
  }

  /** Spring's interceptor of these annotations keeps what a method returns, whatever it is. */
  @Test
  void future_isKeptItselfWhereReferencesAre() {
    Weather weather = application.start();

    CompletableFuture<String> future = weather.later("Rome");
    assertSame(future, weather.later("Rome"));

    assertEquals("sun in Rome", future.join());
    assertEquals(List.of("Rome"), calls());
  }

  @Test
  void monoAndFlux_areKeptThemselvesAndEvaluatedOnce() {
    Weather weather = application.start();

    Mono<String> mono = weather.once("Rome", "mono");
    assertSame(mono, weather.once("Rome", "mono"));
    assertEquals("sun in Rome", mono.block());
    assertEquals("sun in Rome", mono.block());
    assertEquals(List.of("Rome"), calls());

    Flux<String> flux = weather.often("Oslo", 2);
    assertSame(flux, weather.often("Oslo", 2));
    assertNotSame(flux, weather.often("Oslo", 3));
    assertEquals(List.of("Oslo0", "Oslo1"), flux.collectList().block());
    assertEquals(List.of("Oslo0", "Oslo1"), flux.collectList().block());
    assertEquals(List.of("Rome", "Oslo", "Oslo"), calls());
  }

  @Test
  void future_isRefusedWhereValuesAre() {
    application.manager.destroyCache("references");
    application.manager.createCache("references", new MutableConfiguration<>());
    Weather weather = application.start();

    CacheException refused = assertThrows(CacheException.class, () -> weather.later("Rome"));

    assertTrue(refused.getMessage().contains("CompletableFuture"), refused.getMessage());
  }
}
