package io.klepto.jcache.config.file;

import static io.klepto.jcache.config.file.Parts.nameOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
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
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caches of a manager whose URI names a file. */
final class ConfiguredCachesTest {
  @TempDir Path folder;
  private final KleptoCachingProvider provider = new KleptoCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager manager(String text) throws IOException {
    return manager(text, null);
  }

  private CacheManager manager(String text, Properties properties) throws IOException {
    Path file = Files.writeString(folder.resolve("klepto.conf"), text);
    return provider.getCacheManager(file.toUri(), getClass().getClassLoader(), properties);
  }

  private static Set<String> namesIn(CacheManager manager) {
    Set<String> names = new TreeSet<>();
    manager.getCacheNames().forEach(names::add);
    return names;
  }

  @SuppressWarnings("unchecked")
  private static <K, V> KleptoConfiguration<K, V> configurationOf(Cache<K, V> cache) {
    return cache.getConfiguration(KleptoConfiguration.class);
  }

  @Test
  void configuredCaches_areListed_andCreatedWhenAskedFor() throws IOException {
    CacheManager manager =
        manager(
            """
            klepto.caches {
              people { key-type = String, value-type = Integer, max-entries = 2, policy = MRU }
              "com.example.Order$Line ## \\"1\\"" {}
            }
            """);
    String odd = "com.example.Order$Line ## \"1\"";
    assertEquals(Set.of("people", odd), namesIn(manager));
    Cache<String, Integer> people = manager.getCache("people", String.class, Integer.class);
    assertSame(people, manager.getCache("people"));
    assertEquals(EvictionPolicy.MRU, configurationOf(people).eviction().policy());
    people.put("a", 1);
    assertEquals(1, people.get("a"));
    manager.<Object, Object>getCache(odd).put("x", "y");
    assertNull(manager.getCache("com"));
    assertEquals(Set.of("people", odd), namesIn(manager));
  }

  @Test
  void getCache_withOtherTypes_isRefusedByName() throws IOException {
    CacheManager manager =
        manager("klepto.caches.people { key-type = String, value-type = Integer }");
    assertEquals(
        "cannot create cache people: expected value type java.lang.Integer, as "
            + folder.resolve("klepto.conf")
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
        manager(
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
        configurationOf(manager.createCache("people", asked));
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
    CacheManager manager = manager("klepto.caches.people {}");
    assertNotNull(manager.getCache("people"));
    assertThrows(
        CacheException.class, () -> manager.createCache("people", new MutableConfiguration<>()));
  }

  @Test
  void createCache_withOurConfiguration_replacesGroups() throws IOException {
    CacheManager manager =
        manager(
            """
            klepto.defaults {
              max-entries = 7, policy = LFU, failure = bypass
              archive { location = "dict:conf-over", codec = raw }
            }
            """);
    KleptoConfiguration<String, String> made =
        configurationOf(
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
        manager("klepto.defaults { max-entries = 5, archive.location = \"dict:conf-bare\" }");
    Cache<Object, Object> region =
        manager.createCache("com.example.Person##x", new MutableConfiguration<>());
    assertEquals(5, configurationOf(region).eviction().maxEntries());
    Cache<Object, Object> stamps =
        manager.createCache("default-update-timestamps-region", new MutableConfiguration<>());
    assertFalse(configurationOf(stamps).eviction().isBounded());
    assertTrue(configurationOf(stamps).archive().isPresent(), "persisted as the query regions are");
    assertNull(manager.getCache("other"), "archived data must not make a cache");
  }

  @Test
  void destroyedCache_isGone_untilItIsCreated_andClosedOneComesBack() throws IOException {
    CacheManager manager =
        manager("klepto.caches { a.max-entries = 3, b.archive.location = \"dict:conf-b\" }");
    manager.destroyCache("a");
    assertNull(manager.getCache("a"));
    assertEquals(Set.of("b"), namesIn(manager));
    Cache<Object, Object> again = manager.createCache("a", new MutableConfiguration<>());
    assertEquals(3, configurationOf(again).eviction().maxEntries());
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
        manager("klepto.caches.\"a=b,c\" { statistics = true, management = true }");
    manager.getCache("a=b,c");
    for (String type : List.of("CacheStatistics", "CacheConfiguration")) {
      ObjectName pattern = new ObjectName("javax.cache:type=" + type + ",Cache=a.b.c,*");
      assertEquals(
          1, ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null).size(), type);
    }
    manager.enableStatistics("a=b,c", false);
    assertFalse(configurationOf(manager.getCache("a=b,c")).isStatisticsEnabled());
  }

  @Test
  void propertiesAlone_configureTheDefaultManager() {
    Properties properties = new Properties();
    properties.setProperty("klepto.caches.p.max-entries", "4");
    CacheManager manager = provider.getCacheManager(null, null, properties);
    assertEquals(URI.create("klepto"), manager.getURI());
    assertEquals(4, configurationOf(manager.getCache("p")).eviction().maxEntries());
    Properties misspelt = new Properties();
    misspelt.setProperty("kelpto.caches.p.max-entries", "4");
    assertTrue(
        assertThrows(
                CacheException.class,
                () -> provider.getCacheManager(URI.create("klepto:two"), null, misspelt))
            .getMessage()
            .contains("did you mean klepto?"));
  }

  @Test
  void brokenFile_fails_andTheRepairedOneDoesNot() throws IOException {
    assertThrows(CacheException.class, () -> manager("klepto.caches.c.bacht = 1"));
    assertEquals(Set.of("c"), namesIn(manager("klepto.caches.c.batch = 1")));
  }

  @Test
  void classes_areLoadedWhenTheCacheIsCreated_andRefusedByName() throws IOException {
    CacheManager manager =
        manager(
            """
            klepto.caches {
              noticed { copier = %s }
              missing { loader = com.example.Nowhere }
              wrong { loader = java.lang.String }
              needy { copier = %s }
              type { key-type = com.example.NoKey }
            }
            """
                .formatted(nameOf(Parts.Noticed.class), nameOf(Parts.Needy.class)));
    assertNull(System.getProperty("klepto-test.noticed"));
    manager.getCache("noticed");
    assertEquals("yes", System.clearProperty("klepto-test.noticed"));
    String file = folder.resolve("klepto.conf").toString();
    assertEquals(
        "cannot create cache missing, configured at %s, line 3: klepto.caches.missing: %s, line 3: klepto.caches.missing.loader: expected a class that the manager's class loader finds, found com.example.Nowhere"
            .formatted(file, file),
        refusal(manager, "missing"));
    assertEquals(
        "cannot create cache wrong, configured at %s, line 4: klepto.caches.wrong: %s, line 4: klepto.caches.wrong.loader: expected a class that is a javax.cache.integration.CacheLoader or makes them as a javax.cache.configuration.Factory, found java.lang.String"
            .formatted(file, file),
        refusal(manager, "wrong"));
    assertTrue(refusal(manager, "needy").contains("a constructor without parameters, found"));
    assertTrue(refusal(manager, "type").contains("klepto.caches.type.key-type: expected a class"));
  }

  private static String refusal(CacheManager manager, String cache) {
    return assertThrows(CacheException.class, () -> manager.getCache(cache)).getMessage();
  }

  @Test
  void archiveThatCannotBeOpened_isToldWithTheFile() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "no archive");
    CacheManager manager =
        manager("klepto.caches.c.archive.location = \"dir:" + blocked.toUri().getRawPath() + "\"");
    String message = refusal(manager, "c");
    assertTrue(
        message.startsWith(
            "cannot create cache c, configured at %s, line 1: klepto.caches.c: "
                .formatted(folder.resolve("klepto.conf"))),
        message);
    assertTrue(message.contains("blocked"), message);
    Files.delete(blocked);
    assertNotNull(manager.getCache("c"), "what was repaired is created");
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
    CacheManager manager = manager("klepto.caches.c.loader = " + nameOf(CountedLoader.class));
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

  @Test
  void partThatAsksForItsOwnCache_isRefused() throws IOException {
    CacheManager manager = manager("klepto.caches.c.loader = " + nameOf(Circular.class));
    Circular.manager = manager;
    try {
      Throwable cause = assertThrows(CacheException.class, () -> manager.getCache("c"));
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      assertEquals("cannot create cache c: one of its own parts asks for it", cause.getMessage());
    } finally {
      Circular.manager = null;
    }
  }

  /** Wants its own cache before there is one. */
  static final class Circular implements CacheLoader<Object, Object> {
    static CacheManager manager;

    Circular() {
      manager.getCache("c");
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
  void writerListenersAndCopier_work() throws IOException {
    Parts.Created.KEYS.clear();
    CacheManager manager =
        manager(
            """
            klepto.caches.c {
              writer = %s
              copier = %s
              listeners = [{ class = %s, filter = %s, synchronous = true }]
            }
            """
                .formatted(
                    nameOf(Parts.SharedWriter.class),
                    nameOf(Parts.Shouting.class),
                    nameOf(Parts.Created.class),
                    nameOf(Parts.BeginWithA.class)));
    Cache<Object, Object> cache = manager.getCache("c");
    cache.put("Apple", "x");
    cache.put("apple", "y");
    cache.put("berry", "z");
    assertEquals("Y", cache.get("apple"));
    assertTrue(Parts.SharedWriter.WRITTEN.containsKey("berry"));
    assertNotNull(cache.unwrap(KleptoCache.class));
    assertEquals(List.of("apple"), Parts.Created.KEYS);
  }
}
