package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ArchiveBeanTest {
  private final TestCaches caches = new TestCaches();
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final AtomicReference<String> failing = new AtomicReference<>("");

  @AfterEach
  void close() {
    caches.close();
  }

  private KleptoCache<String, Integer> cache(String name, ArchiveMode mode) {
    KleptoConfiguration<String, Integer> configuration =
        TestCaches.numbers().archiveMode(mode).statistics(true).maxEntries(2).build();
    KleptoCache<String, Integer> cache = caches.create(name, configuration);
    cache.archive(
        HookedArchive.with(
            new HookedArchive.Hook() {
              @Override
              public void before(String method) {
                if (method.equals(failing.get())) {
                  throw new ArchiveException("no " + method);
                }
              }
            }));
    return cache;
  }

  private ObjectName name(String type, String cacheName) throws Exception {
    String manager = caches.manager().getURI().toString().replaceAll("[,:=\n*?\"]", ".");
    return new ObjectName(
        "io.klepto:type=%s,CacheManager=%s,Cache=%s".formatted(type, manager, cacheName));
  }

  private CacheArchiveMXBean bean(String cacheName) throws Exception {
    return JMX.newMXBeanProxy(server, name("CacheArchive", cacheName), CacheArchiveMXBean.class);
  }

  @Test
  void countsWhatHappensBetweenCacheAndArchive() throws Exception {
    KleptoCache<String, Integer> cache = cache("a:b", ArchiveMode.ON_EVICT);
    CacheArchiveMXBean bean = bean("a.b");
    for (int i = 0; i < 5; i++) {
      cache.put("k" + i, i);
    }
    assertEquals(3, bean.getDumps(), "victims");
    cache.dump();
    assertEquals(5, bean.getDumps());
    assertEquals(0, cache.get("k0"));
    assertEquals(1, bean.getLoads());
    assertEquals(0, bean.getQueueLength());
    assertEquals(0, bean.getRefusedWrites());
    assertEquals(0, bean.getFailedReads() + bean.getFailedWrites() + bean.getBypasses());
    cache.evictAll(false);
    assertEquals(0, bean.getDumps());
  }

  @Test
  void countsFailures() throws Exception {
    KleptoCache<String, Integer> cache = cache("failing", ArchiveMode.WRITE_THROUGH);
    failing.set("entry");
    assertThrows(CacheLoaderException.class, () -> cache.get("k"));
    failing.set("put");
    assertThrows(CacheWriterException.class, () -> cache.put("k", 1));
    failing.set("");
    assertEquals(1, bean("failing").getFailedReads());
    assertEquals(1, bean("failing").getFailedWrites());
  }

  @Test
  void isThereWhileStatisticsAreEnabledAndTheCacheIsOpen() throws Exception {
    KleptoCache<String, Integer> cache = cache("short", ArchiveMode.WRITE_THROUGH);
    ObjectName name = name("CacheArchive", "short");
    assertTrue(server.isRegistered(name));
    caches.manager().enableStatistics("short", false);
    assertFalse(server.isRegistered(name));
    caches.manager().enableStatistics("short", true);
    assertTrue(server.isRegistered(name));
    cache.close();
    assertFalse(server.isRegistered(name));
  }

  @Test
  void cacheWithoutPlaceForAnArchive_hasNone() throws Exception {
    caches.create("plain", TestCaches.numbers().statistics(true).build());
    assertFalse(server.isRegistered(name("CacheArchive", "plain")));
    assertNull(caches.manager().getCache("other"));
  }

  @Test
  void domainOfTheStandard_hasItsTwoAlone() throws Exception {
    KleptoConfiguration<String, Integer> configuration =
        TestCaches.numbers()
            .archive(URI.create("dict:ArchiveBeanTest"))
            .statistics(true)
            .management(true)
            .build();
    caches.create("standard", configuration);
    assertEquals(2, server.queryNames(new ObjectName("javax.cache:Cache=standard,*"), null).size());
    assertEquals(1, server.queryNames(new ObjectName("io.klepto:Cache=standard,*"), null).size());
  }
}
