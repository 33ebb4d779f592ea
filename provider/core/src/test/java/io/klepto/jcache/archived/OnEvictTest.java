package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** klepto's own mode: memory alone until an entry has to leave it. */
final class OnEvictTest {
  private final FaultyStore faulty = FaultyStore.empty();
  private final Run run = new Run();

  @AfterEach
  void closeRun() {
    faulty.heal();
    run.close();
  }

  private KleptoCache<String, Integer> open(long maxEntries) {
    return open(EvictionPolicy.LRU, maxEntries);
  }

  private KleptoCache<String, Integer> open(EvictionPolicy policy, long maxEntries) {
    KleptoCache<String, Integer> cache =
        run.cache(
            KleptoConfiguration.builder(String.class, Integer.class)
                .policy(policy)
                .maxEntries(maxEntries)
                .archiveMode(ArchiveMode.ON_EVICT));
    cache.archive(faulty.archive());
    return cache;
  }

  private Map<String, Integer> archived() {
    Archive<String, Integer> archive = faulty.soundArchive();
    return new TreeMap<>(archive.getAll(archive.keys()));
  }

  private int dumps() {
    return faulty.calls("put") + faulty.calls("putAll");
  }

  @Test
  void put_withRoom_staysInMemory() {
    KleptoCache<String, Integer> cache = open(2);
    cache.put("a", 1);
    cache.putAll(Map.of("b", 2));
    assertEquals(Map.of(), archived());
    assertEquals(2, cache.info().size());
  }

  @Test
  void eviction_ofNewEntry_dumpsTheVictim() {
    KleptoCache<String, Integer> cache = open(2);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("c", 3);
    assertEquals(Map.of("a", 1), archived());
    assertNull(cache.lookup("a"));
    assertEquals(1, cache.get("a"));
    assertEquals(Map.of("a", 1, "b", 2), archived());
  }

  @Test
  void eviction_ofCleanEntry_dumpsNothing() {
    KleptoCache<String, Integer> cache = open(1);
    cache.put("a", 1);
    cache.put("b", 2);
    assertEquals(1, dumps());
    cache.get("a");
    assertEquals(2, dumps(), "b went");
    cache.get("b");
    cache.get("a");
    cache.get("b");
    assertEquals(2, dumps());
  }

  @Test
  void dump_ofCleanEntries_writesNothing() {
    KleptoCache<String, Integer> cache = open(10);
    cache.put("a", 1);
    cache.dump();
    cache.dump();
    assertEquals(1, dumps());
    cache.put("a", 2);
    cache.dump();
    assertEquals(2, dumps());
    assertEquals(Map.of("a", 2), archived());
  }

  @Test
  void close_withNewEntries_dumpsThem() {
    KleptoCache<String, Integer> cache = open(10);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.dump(Set.of("a"));
    cache.close();
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertEquals(2, dumps());
  }

  @Test
  void destroyCache_withNewEntries_dumpsNothing() {
    KleptoCache<String, Integer> cache = open(10);
    cache.put("a", 1);
    cache.dump();
    cache.put("a", 2);
    cache.put("b", 2);
    run.manager().destroyCache(cache.getName());
    assertEquals(Map.of("a", 1), archived());
  }

  @ParameterizedTest
  @EnumSource(names = {"LRU", "LFU", "MRU", "RR"})
  void put_dumpFails_victimStaysAndTheCallThrows(EvictionPolicy policy) {
    KleptoCache<String, Integer> cache = open(policy, 3);
    Map<String, Integer> all = new HashMap<>();
    for (String key : new String[] {"a", "b", "c"}) {
      cache.put(key, all.size());
      all.put(key, all.size());
    }
    faulty.fail(FaultyStore.WRITES);
    all.put("d", 4);
    CacheWriterException failure =
        assertThrows(CacheWriterException.class, () -> cache.put("d", 4));
    Assertions.assertInstanceOf(ArchiveException.class, failure.getCause());
    for (Map.Entry<String, Integer> entry : all.entrySet()) {
      assertEquals(entry.getValue(), cache.lookup(entry.getKey()), entry.getKey());
    }
    faulty.heal();
    cache.put("e", 5);
    all.put("e", 5);
    assertEquals(3, cache.info().size(), "the bound holds again");
    assertEquals(2, archived().size());
    assertEquals(all, cache.getAll(all.keySet()));
  }

  @Test
  void get_dumpOfVictimFails_throwsAndKeepsBoth() {
    KleptoCache<String, Integer> cache = open(1);
    cache.put("a", 1);
    cache.put("b", 2);
    faulty.fail(FaultyStore.WRITES);
    assertThrows(CacheWriterException.class, () -> cache.get("a"));
    assertEquals(2, cache.lookup("b"));
    faulty.heal();
    assertEquals(1, cache.get("a"));
    assertEquals(2, cache.get("b"));
  }

  @Test
  void putAll_dumpOfVictimFails_leavesNoKeyLocked() {
    KleptoCache<String, Integer> cache = open(2);
    cache.put("a", 1);
    cache.put("b", 2);
    faulty.fail(FaultyStore.WRITES);
    Map<String, Integer> entries = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      entries.put("key " + i, i);
    }
    assertThrows(CacheWriterException.class, () -> cache.putAll(entries));
    faulty.heal();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 5; i++) {
            assertEquals(i, cache.get("key " + i));
            cache.put("key " + i, -i);
          }
        });
    cache.put("new", 0);
    assertEquals(2, cache.info().size(), "the next arrival restores the bound");
    assertEquals(1, cache.get("a"));
  }

  @Test
  void removeAll_whileOverfull_leavesNoKeyLocked() {
    KleptoCache<String, Integer> cache = open(1);
    cache.put("a", 1);
    faulty.fail(Set.of("put"));
    assertThrows(CacheWriterException.class, () -> cache.put("b", 2));
    assertThrows(CacheWriterException.class, () -> cache.put("c", 3));
    assertThrows(CacheWriterException.class, () -> cache.removeAll(Set.of("a", "b")));
    assertNull(cache.lookup("a"));
    assertNull(cache.lookup("b"));
    faulty.heal();
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> cache.put("a", 4));
    assertEquals(3, cache.get("c"));
  }

  @Test
  void close_someDumpsFail_dumpsTheOthersAndThrows() {
    KleptoCache<String, Integer> cache = open(10);
    for (int i = 0; i < 6; i++) {
      cache.put("key " + i, i);
    }
    faulty.failWritesOf("key 1");
    faulty.failWritesOf("key 4");
    CacheException failure = assertThrows(CacheException.class, cache::close);
    assertEquals(Set.of("key 0", "key 2", "key 3", "key 5"), archived().keySet());
    assertTrue(cache.isClosed());
    assertNotNull(failure.getSuppressed()[0]);
  }

  @Test
  void dump_someFail_dumpsTheOthersAndThrows() {
    KleptoCache<String, Integer> cache = open(10);
    for (int i = 0; i < 6; i++) {
      cache.put("key " + i, i);
    }
    faulty.failWritesOf("key 1");
    assertThrows(CacheWriterException.class, cache::dump);
    assertThrows(CacheWriterException.class, () -> cache.dump(Set.of("key 1", "key 2")));
    assertEquals(5, archived().size());
    faulty.heal();
    cache.dump();
    assertEquals(6, archived().size());
    assertEquals(3, dumps(), "batches: all, and twice the refused one alone");
  }

  @Test
  void remove_archiveFails_keepsTheNewerEntry() {
    KleptoCache<String, Integer> cache = open(10);
    cache.put("a", 1);
    cache.dump();
    cache.put("a", 2);
    faulty.fail(FaultyStore.WRITES);
    assertThrows(CacheWriterException.class, () -> cache.remove("a"));
    assertThrows(CacheWriterException.class, () -> cache.removeAll(Set.of("a")));
    faulty.heal();
    assertEquals(2, cache.get("a"), "not the older one of the archive");
    cache.dump();
    assertEquals(Map.of("a", 2), archived());
  }

  @Test
  void remove_newerInMemory_removesBoth() {
    KleptoCache<String, Integer> cache = open(10);
    cache.put("a", 1);
    cache.dump();
    cache.put("a", 2);
    assertTrue(cache.remove("a"));
    assertNull(cache.get("a"));
    assertFalse(cache.containsKey("a"));
    assertEquals(Map.of(), archived());
  }

  @Test
  void iterator_newerInMemory_showsMemory() {
    KleptoCache<String, Integer> cache = open(10);
    cache.put("a", 1);
    cache.put("b", 1);
    cache.dump();
    cache.evictAll(true);
    cache.put("a", 2);
    assertEquals(Map.of("a", 2, "b", 1), WriteThroughContract.walk(cache));
  }

  @Test
  void writeThrough_whatWasWritten_isNeverDumped() {
    KleptoCache<String, Integer> cache =
        run.cache(
            KleptoConfiguration.builder(String.class, Integer.class)
                .maxEntries(2)
                .archiveMode(ArchiveMode.WRITE_THROUGH));
    cache.archive(faulty.archive());
    cache.put("a", 1);
    cache.putAll(Map.of("b", 2, "c", 3, "d", 4));
    cache.get("a");
    cache.dump();
    cache.close();
    assertEquals(2, dumps());
    assertEquals(4, archived().size());
  }

  @Test
  void policyNo_everyPut_goesThroughToTheArchive() {
    KleptoCache<String, Integer> cache = open(EvictionPolicy.NO, 0);
    cache.put("a", 1);
    assertEquals(0, cache.info().size());
    assertEquals(Map.of("a", 1), archived());
    assertEquals(1, cache.get("a"));
    assertEquals(1, cache.getAndRemove("a"));
    assertNull(cache.get("a"));
  }

  @Test
  void boundedCache_oneHundredTimesItsBound_losesNothing() {
    KleptoCache<String, Integer> cache = open(10);
    Map<String, Integer> all = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      cache.put("key " + i, i);
      all.put("key " + i, i);
    }
    assertEquals(10, cache.info().size());
    assertEquals(990, archived().size());
    assertEquals(new TreeMap<>(all), WriteThroughContract.walk(cache));
    assertEquals(all, cache.getAll(all.keySet()));
  }
}
