package io.klepto.apps.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.EvictionSettings;
import io.klepto.jcache.config.KleptoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** The application with {@code spring.cache.jcache.config}, which names a file of ours. */
final class ConfigurationFileTest {
  private static final String ARCHIVE = "planets.archive";
  private static final String RESOURCE = "io/klepto/apps/boot/planets.conf";
  private static final String CONFIG = "spring.cache.jcache.config=classpath:" + RESOURCE;

  /** One that the file configures, and one that it does not. */
  private static final String NAMES = "spring.cache.cache-names=orbits,comets";

  @TempDir Path folder;

  @BeforeEach
  void placeArchive() {
    System.setProperty(ARCHIVE, "file:" + folder.resolve("planets.klepto").toUri().getRawPath());
  }

  @AfterEach
  void closeProvider() {
    Caching.getCachingProvider().close();
    System.clearProperty(ARCHIVE);
  }

  @Test
  void cacheNames_thatTheFileHasToo_haveTheFilesSettings() {
    try (ConfigurableApplicationContext context = Planets.start(CONFIG, NAMES)) {
      assertEquals(
          Set.of("orbits", "comets", "moons of Jupiter"),
          Set.copyOf(context.getBean(JCacheCacheManager.class).getCacheNames()));
      assertEquals(
          new EvictionSettings(EvictionPolicy.MRU, 1, 1, 0),
          configurationOf(context, "orbits").eviction());
      assertEquals(7, configurationOf(context, "comets").eviction().maxEntries());
      assertTrue(configurationOf(context, "comets").archive().isPresent());
      assertEquals(7, configurationOf(context, "moons of Jupiter").eviction().maxEntries());
      assertTrue(configurationOf(context, "moons of Jupiter").archive().isEmpty());
    }
  }

  @Test
  void cachesOfTheFile_surviveARestart() {
    try (ConfigurableApplicationContext first = Planets.start(CONFIG, NAMES)) {
      first.getBean(Orbits.class).years(4.0);
      first.getBean(Orbits.class).years(9.0);
    }
    try (ConfigurableApplicationContext second = Planets.start(CONFIG)) {
      assertEquals(8.0, second.getBean(Orbits.class).years(4.0));
      assertEquals(27.0, second.getBean(Orbits.class).years(9.0));
      assertEquals(0, second.getBean(Orbits.class).computed());
    }
  }

  @Test
  void actuator_countsOfCachesOfTheFile_areMetrics() {
    try (ConfigurableApplicationContext context = Planets.start(CONFIG, NAMES)) {
      context.getBean(Orbits.class).years(4.0);
      context.getBean(Orbits.class).years(9.0);
      context.getBean(Orbits.class).years(9.0);
      MeterRegistry registry = context.getBean(MeterRegistry.class);
      assertEquals(1, count(registry, Planets.CACHE, "cache.gets", "result", "hit"));
      assertEquals(2, count(registry, Planets.CACHE, "cache.gets", "result", "miss"));
      assertEquals(2, count(registry, Planets.CACHE, "cache.puts"));
      assertEquals(1, count(registry, Planets.CACHE, "cache.evictions"));
      assertEquals(0, count(registry, "comets", "cache.puts"));
      assertEquals(0, count(registry, "moons of Jupiter", "cache.puts"));
    }
  }

  @Test
  void statistics_ofCachesOfTheFile_haveTheNameThatTheStandardPrescribes()
      throws MalformedObjectNameException, URISyntaxException {
    URI file = getClass().getClassLoader().getResource(RESOURCE).toURI();
    ObjectName name =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager=%s,Cache=moons of Jupiter"
                .formatted(file.toString().replaceAll("[,:=\n]", ".")));
    try (ConfigurableApplicationContext context = Planets.start(CONFIG)) {
      assertEquals(file, context.getBean(CacheManager.class).getURI());
      assertTrue(ManagementFactory.getPlatformMBeanServer().isRegistered(name), name::toString);
    }
  }

  @Test
  void brokenFile_stopsTheStart_andIsToldWithLineAndKey() throws IOException {
    Path broken =
        Files.writeString(folder.resolve("broken.conf"), "klepto.caches {\n a.bacht = 2}");
    BeanCreationException refused =
        assertThrows(
            BeanCreationException.class,
            () -> Planets.start("spring.cache.jcache.config=" + broken.toUri(), NAMES));
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(refused);
    assertEquals(CacheException.class, cause.getClass());
    assertEquals(
        broken
            + ", line 2: klepto.caches.a.bacht: expected a key that is known here, found bacht; did"
            + " you mean batch?",
        cause.getMessage());
  }

  @SuppressWarnings("unchecked")
  private static KleptoConfiguration<Object, Object> configurationOf(
      ConfigurableApplicationContext context, String cache) {
    return context
        .getBean(CacheManager.class)
        .getCache(cache)
        .getConfiguration(KleptoConfiguration.class);
  }

  private static double count(
      MeterRegistry registry, String cache, String meter, String... furtherTags) {
    return registry.get(meter).tag("cache", cache).tags(furtherTags).functionCounter().count();
  }
}
