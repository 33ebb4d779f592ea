package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which manager a caller gets, and what becomes of it when it is closed. */
final class ManagersTest {
  private static final URI SOMEWHERE = URI.create("klepto:somewhere");

  private final TestCaches caches = new TestCaches();
  private final KleptoCachingProvider provider = caches.provider();
  private final ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void getCacheManager_sameUriAndLoader_isTheSame() {
    CacheManager manager = provider.getCacheManager(SOMEWHERE, loader);
    assertSame(manager, provider.getCacheManager(URI.create("klepto:somewhere"), loader, null));
    assertEquals(SOMEWHERE, manager.getURI());
    assertSame(loader, manager.getClassLoader());
  }

  @Test
  void getCacheManager_otherUriOrLoader_isAnother() {
    CacheManager manager = provider.getCacheManager(SOMEWHERE, loader);
    assertNotSame(manager, provider.getCacheManager(URI.create("klepto:elsewhere"), loader));
    assertNotSame(manager, provider.getCacheManager(SOMEWHERE, getClass().getClassLoader()));
  }

  @Test
  void getCacheManager_nulls_standForTheDefaults() {
    CacheManager manager = provider.getCacheManager(null, null, null);
    assertSame(provider.getCacheManager(), manager);
    assertEquals(provider.getDefaultURI(), manager.getURI());
    assertSame(provider.getDefaultClassLoader(), manager.getClassLoader());
    assertNotNull(manager.getProperties());
  }

  @Test
  void getCacheManager_properties_areCopiedWithTheirDefaults() {
    Properties defaults = new Properties();
    defaults.setProperty("a", "1");
    Properties properties = new Properties(defaults);
    properties.setProperty("b", "2");
    CacheManager manager = provider.getCacheManager(SOMEWHERE, loader, properties);
    properties.setProperty("b", "3");
    assertEquals("1", manager.getProperties().getProperty("a"));
    assertEquals("2", manager.getProperties().getProperty("b"));
  }

  @Test
  void getCacheManager_afterManagerClosed_isNewAndEmpty() {
    CacheManager first = caches.manager();
    first.createCache("c", new MutableConfiguration<>());
    first.close();
    CacheManager second = caches.manager();
    assertNotSame(first, second);
    assertFalse(second.isClosed());
    assertNull(second.getCache("c"));
  }

  @Test
  void getCacheManager_whileTheLastOneCloses_isOpen() {
    AtomicReference<CacheManager> during = new AtomicReference<>();
    MutableConfiguration<String, Integer> configuration = new MutableConfiguration<>();
    configuration.setExpiryPolicyFactory(
        () -> new ClosingPolicy(() -> during.set(caches.manager())));
    CacheManager first = caches.manager();
    first.createCache("c", configuration);
    first.close();
    assertNotSame(first, during.get());
    assertFalse(during.get().isClosed());
    assertSame(during.get(), caches.manager(), "the old one must not take the new one with it");
  }

  @Test
  void close_twice_doesNothing() {
    CacheManager first = caches.manager();
    first.close();
    CacheManager second = caches.manager();
    first.close();
    assertFalse(second.isClosed());
  }

  @Test
  void providerClose_closesEveryManagerAndCache_andStaysUsable() {
    Cache<Object, Object> here = caches.create("c", new MutableConfiguration<>());
    CacheManager there = provider.getCacheManager(SOMEWHERE, loader);
    provider.close();
    assertTrue(here.isClosed());
    assertTrue(here.getCacheManager().isClosed());
    assertTrue(there.isClosed());
    assertFalse(provider.getCacheManager(SOMEWHERE, loader).isClosed());
  }

  @Test
  void providerClose_ofLoader_leavesOthersOpen() {
    CacheManager one = provider.getCacheManager(SOMEWHERE, loader);
    CacheManager two = provider.getCacheManager(URI.create("klepto:elsewhere"), loader);
    CacheManager other = caches.manager();
    provider.close(loader);
    assertTrue(one.isClosed());
    assertTrue(two.isClosed());
    assertFalse(other.isClosed());
  }

  @Test
  void providerClose_ofUriAndLoader_closesThatOneAlone() {
    CacheManager one = provider.getCacheManager(SOMEWHERE, loader);
    CacheManager two = provider.getCacheManager(URI.create("klepto:elsewhere"), loader);
    provider.close(SOMEWHERE, loader);
    assertTrue(one.isClosed());
    assertFalse(two.isClosed());
  }

  @Test
  void providerClose_inACacheThatCloses_doesNotHang() throws Exception {
    MutableConfiguration<String, Integer> configuration = new MutableConfiguration<>();
    configuration.setExpiryPolicyFactory(() -> new ClosingPolicy(provider::close));
    Cache<String, Integer> cache = caches.create("c", configuration);
    Crew.run(() -> caches.manager().close()).result();
    assertTrue(cache.isClosed());
  }

  @Test
  void everyCall_ofAClosedManager_throws() {
    CacheManager manager = caches.manager();
    manager.close();
    List<Runnable> calls =
        List.of(
            () -> manager.createCache("c", new MutableConfiguration<>()),
            () -> manager.getCache("c"),
            () -> manager.getCache("c", String.class, Integer.class),
            () -> manager.getCacheNames(),
            () -> manager.destroyCache("c"),
            () -> manager.enableStatistics("c", true),
            () -> manager.enableManagement("c", true));
    for (Runnable call : calls) {
      assertThrows(IllegalStateException.class, call::run);
    }
  }

  @Test
  void getCache_otherTypes_throwsAndNamesBoth() {
    caches.create(TestCaches.numbers());
    CacheManager manager = caches.manager();
    assertNotNull(manager.getCache("c", String.class, Integer.class));
    assertNotNull(manager.getCache("c"));
    Exception wrongKey =
        assertThrows(
            ClassCastException.class, () -> manager.getCache("c", Object.class, Integer.class));
    assertTrue(wrongKey.getMessage().contains("key type is java.lang.String"), wrongKey::toString);
    Exception wrongValue =
        assertThrows(
            ClassCastException.class, () -> manager.getCache("c", String.class, Long.class));
    assertTrue(wrongValue.getMessage().contains("java.lang.Long"), wrongValue::toString);
    assertNull(manager.getCache("nobody", Object.class, Long.class));
  }

  @Test
  void getCacheNames_isASnapshot() {
    caches.create("a", new MutableConfiguration<>());
    Iterable<String> names = caches.manager().getCacheNames();
    caches.create("b", new MutableConfiguration<>());
    caches.manager().destroyCache("a");
    List<String> listed = new ArrayList<>();
    names.forEach(listed::add);
    assertEquals(List.of("a"), listed);
    assertEquals(Set.of("b"), caches.manager().getCacheNames());
  }

  @Test
  void createCache_ofATakenName_throwsAndKeepsTheFirst() {
    Cache<String, Integer> first = caches.create(TestCaches.numbers());
    assertThrows(CacheException.class, () -> caches.create(TestCaches.numbers()));
    assertSame(first, caches.manager().getCache("c"));
    assertFalse(first.isClosed());
  }

  @Test
  void createCache_thatFails_leavesNoNameBehind() {
    MutableConfiguration<String, Integer> broken = new MutableConfiguration<>();
    broken.setExpiryPolicyFactory(
        () -> {
          throw new IllegalArgumentException("no policy today");
        });
    assertThrows(IllegalArgumentException.class, () -> caches.create("c", broken));
    assertNull(caches.manager().getCache("c"));
    assertNotNull(caches.create(TestCaches.numbers()));
  }

  @Test
  void switches_ofAClosedCache_throwInsteadOfLeavingABeanBehind() {
    TieredCache<String, Integer> cache =
        (TieredCache<String, Integer>) caches.create(TestCaches.numbers());
    cache.close();
    assertThrows(IllegalStateException.class, () -> cache.lifecycle().enableStatistics(true));
    assertThrows(IllegalStateException.class, () -> cache.lifecycle().enableManagement(true));
  }
}
