package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.klepto.jcache.CacheInfo;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.Listeners;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What statistics count and listeners hear of entries that come from the archive. */
final class CountsAndEventsTest {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final URI location = URI.create("dict:CountsAndEventsTest-" + NUMBERS.incrementAndGet());
  private final List<String> heard = new ArrayList<>();
  private final Run run = new Run();

  @BeforeEach
  void fillArchive() {
    try (Run before = new Run()) {
      before.cache(configuration()).putAll(Map.of("a", 1, "b", 2, "c", 3));
    }
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  private KleptoConfigurationBuilder<String, Integer> configuration() {
    return KleptoConfiguration.builder(String.class, Integer.class).archive(location);
  }

  private KleptoCache<String, Integer> openCounting() {
    return run.cache("results", configuration().statistics(true));
  }

  private KleptoCache<String, Integer> openListening() {
    return run.cache(
        configuration()
            .listener(
                Listeners.synchronous(
                    (type, event) ->
                        heard.add(type + " " + event.getKey() + " " + event.getOldValue()))));
  }

  private static long counter(KleptoCache<?, ?> cache, String attribute) throws JMException {
    ObjectName name =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager="
                + cache.getCacheManager().getURI()
                + ",Cache="
                + cache.getName());
    return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
  }

  @Test
  void get_fromTheArchive_isAHitAndALoad() throws JMException {
    KleptoCache<String, Integer> cache = openCounting();
    cache.get("a");
    assertEquals(1, counter(cache, "CacheHits"));
    assertEquals(0, counter(cache, "CacheMisses"));
    assertEquals(new CacheInfo(0, 0, 1, Long.MAX_VALUE, 1, 0), cache.info());
    cache.get("a");
    cache.get("x");
    assertEquals(2, counter(cache, "CacheHits"));
    assertEquals(1, counter(cache, "CacheMisses"));
    assertEquals(new CacheInfo(1, 1, 1, Long.MAX_VALUE, 1, 0), cache.info());
  }

  @Test
  void getAll_fromBothTiers_countsEachKeyOnce() throws JMException {
    KleptoCache<String, Integer> cache = openCounting();
    cache.get("a");
    cache.getAll(Set.of("a", "b", "x"));
    assertEquals(3, counter(cache, "CacheHits"));
    assertEquals(1, counter(cache, "CacheMisses"));
    assertEquals(new CacheInfo(1, 1, 2, Long.MAX_VALUE, 2, 0), cache.info());
  }

  @Test
  void conditionalOperations_onArchivedEntries_areHitsAndLoads() throws JMException {
    KleptoCache<String, Integer> cache = openCounting();
    cache.putIfAbsent("a", 9);
    cache.getAndPut("b", 9);
    cache.invoke("c", (entry, arguments) -> entry.exists());
    assertEquals(3, counter(cache, "CacheHits"));
    assertEquals(1, counter(cache, "CachePuts"));
    assertEquals(3, cache.info().loads());
    assertEquals(0, cache.info().hits());
  }

  @Test
  void iterator_overTheArchive_countsHits() throws JMException {
    KleptoCache<String, Integer> cache = openCounting();
    WriteThroughContract.walk(cache);
    assertEquals(3, counter(cache, "CacheHits"));
  }

  @Test
  void remove_ofArchivedEntries_countsRemovals() throws JMException {
    KleptoCache<String, Integer> cache = openCounting();
    cache.remove("a");
    cache.removeAll(Set.of("b", "x"));
    assertEquals(2, counter(cache, "CacheRemovals"));
  }

  @Test
  void eviction_ofArchivedEntry_isCountedAndIsNoRemoval() throws JMException {
    KleptoCache<String, Integer> cache =
        run.cache("bounded", configuration().maxEntries(1).statistics(true));
    cache.put("a", 1);
    cache.put("b", 1);
    assertEquals(1, counter(cache, "CacheEvictions"));
    assertEquals(0, counter(cache, "CacheRemovals"));
  }

  @Test
  void evictAll_withoutKeepingStatistics_setsThemToZero() {
    KleptoCache<String, Integer> cache = openCounting();
    cache.get("a");
    cache.evictAll(true);
    assertEquals(1, cache.info().loads());
    cache.evictAll(false);
    assertEquals(new CacheInfo(0, 0, 0, Long.MAX_VALUE, 0, 0), cache.info());
  }

  @Test
  void reads_fromTheArchive_fireNothing() {
    KleptoCache<String, Integer> cache = openListening();
    cache.get("a");
    cache.getAll(Set.of("b"));
    cache.containsKey("c");
    WriteThroughContract.walk(cache);
    cache.invoke("c", (entry, arguments) -> entry.getValue());
    cache.load();
    cache.evictAll(true);
    assertEquals(List.of(), heard);
  }

  @Test
  void changes_ofArchivedEntries_areUpdatesAndRemovalsWithTheOldValue() {
    KleptoCache<String, Integer> cache = openListening();
    cache.put("a", 10);
    cache.putAll(Map.of("b", 20));
    cache.remove("c");
    cache.evictAll(true);
    cache.removeAll(Set.of("a"));
    cache.put("new", 0);
    assertEquals(
        List.of("UPDATED a 1", "UPDATED b 2", "REMOVED c 3", "REMOVED a 10", "CREATED new null"),
        heard);
  }
}
