package io.klepto.jcache.config.file;

import static io.klepto.jcache.config.file.Parts.nameOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller of {@code createCache} says, above what the file says. */
final class OverlaidCachesTest {
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
  void getCache_withOtherTypes_isRefusedByName() throws IOException {
    CacheManager manager =
        managers.read("klepto.caches.people { key-type = String, value-type = Integer }");
    assertEquals(
        "cannot create cache people: expected value type java.lang.Integer, as "
            + managers.file()
            + ", line 1: klepto.caches.people says, found java.lang.Long",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    manager.createCache(
                        "people",
                        new MutableConfiguration<String, Long>()
                            .setTypes(String.class, Long.class)))
            .getMessage());
    assertThrows(
        ClassCastException.class, () -> manager.getCache("people", String.class, Long.class));
  }

  @Test
  void createCache_laysTheCallersSettingsOver_once() throws IOException {
    CacheManager manager =
        managers.read(
            """
            klepto.caches.people {
              key-type = String, value-type = Integer
              max-entries = 7, statistics = true, loader = %s
              expiry { policy = created, after = 1h }
            }
            """
                .formatted(nameOf(Parts.Lengths.class)));
    MutableConfiguration<String, Integer> asked =
        new MutableConfiguration<String, Integer>()
            .setTypes(String.class, Integer.class)
            .setStoreByValue(false)
            .setManagementEnabled(true)
            .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_DAY));
    KleptoConfiguration<String, Integer> made =
        Managers.configurationOf(manager.createCache("people", asked));
    assertEquals(7, made.eviction().maxEntries());
    assertEquals(asked.getExpiryPolicyFactory(), made.getExpiryPolicyFactory());
    assertTrue(made.isStatisticsEnabled());
    assertTrue(made.isManagementEnabled());
    assertFalse(made.isStoreByValue());
    assertTrue(made.isReadThrough());
    assertEquals(3, manager.<String, Integer>getCache("people").get("abc"));
    assertThrows(CacheException.class, () -> manager.createCache("people", asked));
  }

  @Test
  void createCache_afterGetCache_isRefused() throws IOException {
    CacheManager manager = managers.read("klepto.caches.people {}");
    assertNotNull(manager.getCache("people"));
    assertThrows(
        CacheException.class, () -> manager.createCache("people", new MutableConfiguration<>()));
  }

  @Test
  void createCache_withOurConfiguration_replacesGroups() throws IOException {
    CacheManager manager =
        managers.read(
            """
            klepto.defaults {
              max-entries = 7, policy = LFU, failure = bypass
              archive { location = "dict:conf-over", codec = raw }
            }
            """);
    KleptoConfiguration<String, String> made =
        Managers.configurationOf(
            manager.createCache(
                "c",
                KleptoConfiguration.builder(String.class, String.class)
                    .maxEntries(9)
                    .archive(URI.create("dict:conf-under"))
                    .build()));
    assertEquals(EvictionPolicy.LRU, made.eviction().policy());
    assertEquals(9, made.eviction().maxEntries());
    assertEquals("kryo", made.archive().orElseThrow().codec());
    assertEquals(io.klepto.jcache.config.Failure.BYPASS, made.failure());
    assertEquals(String.class, made.getKeyType());
  }

  @Test
  void defaults_reachABareConfiguration_exceptHibernatesTimestamps() throws IOException {
    CacheManager manager =
        managers.read("klepto.defaults { max-entries = 5, archive.location = \"dict:conf-bare\" }");
    Cache<Object, Object> region =
        manager.createCache("com.example.Person##x", new MutableConfiguration<>());
    assertEquals(5, Managers.configurationOf(region).eviction().maxEntries());
    Cache<Object, Object> stamps =
        manager.createCache("default-update-timestamps-region", new MutableConfiguration<>());
    assertFalse(Managers.configurationOf(stamps).eviction().isBounded());
    assertTrue(
        Managers.configurationOf(stamps).archive().isPresent(),
        "persisted as the query regions are");
    assertNull(manager.getCache("other"), "archived data must not make a cache");
  }
}
