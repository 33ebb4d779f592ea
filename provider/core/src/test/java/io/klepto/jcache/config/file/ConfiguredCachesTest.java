package io.klepto.jcache.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.EvictionPolicy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caches that a file configures: when they are there, and when they are not. */
final class ConfiguredCachesTest {
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

  @Test
  void configuredCaches_areListed_andCreatedWhenAskedFor() throws IOException {
    CacheManager manager =
        managers.read(
            """
            klepto.caches {
              people { key-type = String, value-type = Integer, max-entries = 2, policy = MRU }
              "com.example.Order$Line ## \\"1\\"" {}
            }
            """);
    String odd = "com.example.Order$Line ## \"1\"";
    assertEquals(Set.of("people", odd), Managers.namesIn(manager));
    Cache<String, Integer> people = manager.getCache("people", String.class, Integer.class);
    assertSame(people, manager.getCache("people"));
    assertEquals(EvictionPolicy.MRU, Managers.configurationOf(people).eviction().policy());
    people.put("a", 1);
    assertEquals(1, people.get("a"));
    manager.<Object, Object>getCache(odd).put("x", "y");
    assertNull(manager.getCache("com"));
    assertEquals(Set.of("people", odd), Managers.namesIn(manager));
  }

  @Test
  void destroyedCache_isGone_untilItIsCreated_andClosedOneComesBack() throws IOException {
    CacheManager manager =
        managers.read("klepto.caches { a.max-entries = 3, b.archive.location = \"dict:conf-b\" }");
    manager.destroyCache("a");
    assertNull(manager.getCache("a"));
    assertEquals(Set.of("b"), Managers.namesIn(manager));
    Cache<Object, Object> again = manager.createCache("a", new MutableConfiguration<>());
    assertEquals(3, Managers.configurationOf(again).eviction().maxEntries());
    assertSame(again, manager.getCache("a"));
    Cache<Object, Object> first = manager.getCache("b");
    first.put("k", "v");
    first.close();
    Cache<Object, Object> second = manager.getCache("b");
    assertNotSame(first, second);
    assertEquals("v", second.get("k"));
  }

  @Test
  void statisticsAndManagement_areOnFromTheFile() throws Exception {
    CacheManager manager =
        managers.read("klepto.caches.\"a=b,c\" { statistics = true, management = true }");
    manager.getCache("a=b,c");
    for (String type : List.of("CacheStatistics", "CacheConfiguration")) {
      ObjectName pattern = new ObjectName("javax.cache:type=" + type + ",Cache=a.b.c,*");
      assertEquals(
          1, ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null).size(), type);
    }
    manager.enableStatistics("a=b,c", false);
    assertFalse(Managers.configurationOf(manager.getCache("a=b,c")).isStatisticsEnabled());
  }

  @Test
  void propertiesAlone_configureTheDefaultManager() {
    Properties properties = new Properties();
    properties.setProperty("klepto.caches.p.max-entries", "4");
    CacheManager manager = managers.provider().getCacheManager(null, null, properties);
    assertEquals(URI.create("klepto"), manager.getURI());
    assertEquals(4, Managers.configurationOf(manager.getCache("p")).eviction().maxEntries());
    Properties misspelt = new Properties();
    misspelt.setProperty("kelpto.caches.p.max-entries", "4");
    assertTrue(
        assertThrows(
                CacheException.class,
                () -> managers.provider().getCacheManager(URI.create("klepto:two"), null, misspelt))
            .getMessage()
            .contains("did you mean klepto?"));
  }

  @Test
  void brokenFile_fails_andTheRepairedOneDoesNot() throws IOException {
    assertThrows(CacheException.class, () -> managers.read("klepto.caches.c.bacht = 1"));
    assertEquals(Set.of("c"), Managers.namesIn(managers.read("klepto.caches.c.batch = 1")));
  }
}
