package io.klepto.apps.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCachingProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Set;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.CacheManager;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application as Spring Boot configures it by itself. */
final class SpringBootTest {
  private static final String NAMES = "spring.cache.cache-names=orbits,moons";

  @TempDir Path folder;

  @AfterEach
  void closeProvider() {
    Caching.getCachingProvider().close();
  }

  @Test
  void provider_onTheClassPath_isFoundWithoutASetting() {
    try (ConfigurableApplicationContext context = Planets.start(NAMES)) {
      JCacheCacheManager caches =
          assertInstanceOf(JCacheCacheManager.class, context.getBean(CacheManager.class));
      assertEquals(Set.of("orbits", "moons"), Set.copyOf(caches.getCacheNames()));
      assertInstanceOf(
          KleptoCachingProvider.class,
          context.getBean(javax.cache.CacheManager.class).getCachingProvider());
      assertNull(caches.getCache("comets"));
    }
  }

  @Test
  void context_closed_closesItsManagerAndMayStartAgain() {
    for (int start = 1; start <= 2; start++) {
      javax.cache.CacheManager manager;
      try (ConfigurableApplicationContext context = Planets.start(NAMES)) {
        manager = context.getBean(javax.cache.CacheManager.class);
        Orbits orbits = context.getBean(Orbits.class);
        assertEquals(8.0, orbits.years(4.0));
        assertEquals(8.0, orbits.years(4.0));
        assertEquals(1, orbits.computed());
      }
      assertTrue(manager.isClosed());
    }
  }

  @Test
  void configurationBean_withArchive_survivesARestart() {
    try (ConfigurableApplicationContext first = Planets.startArchived(folder, NAMES)) {
      first.getBean(Orbits.class).years(4.0);
      first.getBean(Orbits.class).years(9.0);
    }
    try (ConfigurableApplicationContext second = Planets.startArchived(folder, NAMES)) {
      assertEquals(8.0, second.getBean(Orbits.class).years(4.0));
      assertEquals(27.0, second.getBean(Orbits.class).years(9.0));
      assertEquals(0, second.getBean(Orbits.class).computed());
    }
  }

  @Test
  void actuator_countsOfEachCache_areMetrics() {
    try (ConfigurableApplicationContext context = Planets.startArchived(folder, NAMES)) {
      for (int call = 0; call < 3; call++) {
        context.getBean(Orbits.class).years(4.0);
      }
      MeterRegistry registry = context.getBean(MeterRegistry.class);
      assertEquals(2, gets(registry, Planets.CACHE, "hit"));
      assertEquals(1, gets(registry, Planets.CACHE, "miss"));
      assertEquals(0, gets(registry, "moons", "miss"));
      assertEquals(
          1, registry.get("cache.puts").tag("cache", Planets.CACHE).functionCounter().count());
    }
  }

  private static double gets(MeterRegistry registry, String cache, String result) {
    return registry
        .get("cache.gets")
        .tag("cache", cache)
        .tag("result", result)
        .functionCounter()
        .count();
  }
}
