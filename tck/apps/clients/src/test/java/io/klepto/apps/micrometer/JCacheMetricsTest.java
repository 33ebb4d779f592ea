package io.klepto.apps.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.jcache.config.KleptoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Micrometer reads of a cache, under managers of several URIs. */
final class JCacheMetricsTest {
  @TempDir Path folder;

  @AfterEach
  void closeProvider() {
    Caching.getCachingProvider().close();
  }

  @Test
  void managerOfTheDefaultUri_isCounted() {
    assertCounts(Caching.getCachingProvider().getCacheManager(), "results");
  }

  @Test
  void managerOfAFile_isCounted() throws IOException {
    assertConfiguredCacheCounts(conf("klepto.conf").toUri());
    assertConfiguredCacheCounts(conf("klepto & Söhne.conf").toUri());
  }

  @Test
  void managerOfAResource_isCounted() throws IOException {
    conf("klepto.conf");
    ClassLoader original = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader application =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, original)) {
      Thread.currentThread().setContextClassLoader(application);
      assertConfiguredCacheCounts(URI.create("classpath:klepto.conf"));
      assertConfiguredCacheCounts(URI.create("klepto.conf"));
    } finally {
      Thread.currentThread().setContextClassLoader(original);
    }
  }

  @Test
  void managerOfAnEntryOfAJar_isCounted() throws IOException {
    Path jar = folder.resolve("shop.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("conf/klepto.conf"));
      out.write(Files.readAllBytes(conf("klepto.conf")));
    }
    assertConfiguredCacheCounts(URI.create("jar:" + jar.toUri() + "!/conf/klepto.conf"));
  }

  private Path conf(String name) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "klepto.caches { \"of the file\" { statistics = true, max-entries = 2 } }");
  }

  /** Binds a cache that the file alone describes. */
  private static void assertConfiguredCacheCounts(URI uri) {
    CacheManager manager = Caching.getCachingProvider().getCacheManager(uri, null);
    assertCounts(manager.getCache("of the file"));
  }

  @Test
  void cacheOfAnAwkwardName_isCounted() {
    CacheManager manager = Caching.getCachingProvider().getCacheManager();
    assertCounts(manager, "com.example.Order$Line##NaturalId");
    assertCounts(manager, "with spaces and ümlauts");
  }

  private static void assertCounts(CacheManager manager, String name) {
    assertCounts(
        manager.createCache(
            name,
            KleptoConfiguration.builder(Object.class, Object.class)
                .maxEntries(2)
                .statistics(true)
                .build()));
  }

  private static void assertCounts(Cache<Object, Object> cache) {
    MeterRegistry registry = new SimpleMeterRegistry();
    JCacheMetrics.monitor(registry, cache, "application", "shop");
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("c", 3); // evicts a
    cache.get("a");
    cache.get("b");
    cache.get("c");
    cache.remove("c");
    assertEquals(2, count(registry, "cache.gets", "result", "hit"));
    assertEquals(1, count(registry, "cache.gets", "result", "miss"));
    assertEquals(3, count(registry, "cache.puts"));
    assertEquals(1, count(registry, "cache.evictions"));
    assertEquals(1, registry.get("cache.removals").gauge().value());
  }

  private static double count(MeterRegistry registry, String meter, String... tags) {
    return registry.get(meter).tags("application", "shop").tags(tags).functionCounter().count();
  }
}
