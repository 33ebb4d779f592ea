package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a write-through cache over an archive does, whichever archive it is. */
abstract class WriteThroughContract {
  private Run run = new Run();

  /** Returns the container of this test. */
  abstract URI location();

  KleptoConfigurationBuilder<String, Integer> configuration() {
    return KleptoConfiguration.builder(String.class, Integer.class).archive(location());
  }

  KleptoCache<String, Integer> open() {
    return run.cache(configuration());
  }

  /** Ends the program and starts it again. */
  KleptoCache<String, Integer> restart() {
    endRun();
    return open();
  }

  private void endRun() {
    run.close();
    run = new Run();
  }

  Archive<String, Integer> secondHandle() {
    return Archives.open(
        location(),
        ArchiveConfiguration.builder(String.class, Integer.class).namespace("results").build());
  }

  private Map<String, Integer> archived() {
    try (Archive<String, Integer> archive = secondHandle()) {
      return new TreeMap<>(archive.getAll(archive.keys()));
    }
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  @Test
  void put_returned_isInTheArchive() {
    open().put("a", 1);
    assertEquals(Map.of("a", 1), archived());
  }

  @Test
  void everyWayToWrite_returned_isInTheArchive() {
    KleptoCache<String, Integer> cache = open();
    cache.putAll(Map.of("a", 1, "b", 2));
    cache.putIfAbsent("c", 3);
    assertEquals(1, cache.getAndPut("a", 10));
    assertTrue(cache.replace("b", 20));
    assertTrue(cache.replace("c", 3, 30));
    assertEquals(10, cache.getAndReplace("a", 100));
    cache.invoke(
        "d",
        (entry, arguments) -> {
          entry.setValue(4);
          return null;
        });
    assertEquals(Map.of("a", 100, "b", 20, "c", 30, "d", 4), archived());
  }

  @Test
  void get_afterRestart_findsTheEntry() {
    open().put("a", 1);
    KleptoCache<String, Integer> cache = restart();
    assertNull(cache.lookup("a"), "memory begins empty");
    assertEquals(1, cache.get("a"));
    assertEquals(1, cache.lookup("a"));
  }

  @Test
  void getAll_afterRestart_findsMemoryAndArchive() {
    open().putAll(Map.of("a", 1, "b", 2, "c", 3));
    KleptoCache<String, Integer> cache = restart();
    cache.get("a");
    cache.put("d", 4);
    assertEquals(Map.of("a", 1, "b", 2, "d", 4), cache.getAll(Set.of("a", "b", "d", "x")));
  }

  @Test
  void containsKey_afterRestart_seesTheArchive() {
    open().put("a", 1);
    KleptoCache<String, Integer> cache = restart();
    assertTrue(cache.containsKey("a"));
    assertFalse(cache.containsKey("x"));
    assertNull(cache.lookup("a"), "a question loads nothing");
  }

  @Test
  void iterator_afterRestart_seesTheArchiveOnce() {
    open().putAll(Map.of("a", 1, "b", 2, "c", 3));
    KleptoCache<String, Integer> cache = restart();
    cache.get("b");
    assertEquals(Map.of("a", 1, "b", 2, "c", 3), walk(cache));
  }

  @Test
  void iteratorRemove_afterRestart_removesFromTheArchive() {
    open().putAll(Map.of("a", 1, "b", 2));
    KleptoCache<String, Integer> cache = restart();
    for (Iterator<Cache.Entry<String, Integer>> all = cache.iterator(); all.hasNext(); ) {
      if (all.next().getKey().equals("a")) {
        all.remove();
      }
    }
    assertEquals(Map.of("b", 2), archived());
    assertNull(cache.get("a"));
  }

  @Test
  void putIfAbsent_archivedKey_leavesIt() {
    open().put("a", 1);
    KleptoCache<String, Integer> cache = restart();
    assertFalse(cache.putIfAbsent("a", 2));
    assertTrue(cache.putIfAbsent("b", 3));
    assertEquals(Map.of("a", 1, "b", 3), archived());
  }

  @Test
  void replace_archivedKey_replacesIt() {
    open().putAll(Map.of("a", 1, "b", 2, "c", 3));
    KleptoCache<String, Integer> cache = restart();
    assertTrue(cache.replace("a", 10));
    assertFalse(cache.replace("b", 99, 20));
    assertTrue(cache.replace("c", 3, 30));
    assertFalse(cache.replace("x", 0));
    assertEquals(Map.of("a", 10, "b", 2, "c", 30), archived());
  }

  @Test
  void getAndOperations_archivedKey_returnWhatWasArchived() {
    open().putAll(Map.of("a", 1, "b", 2, "c", 3));
    KleptoCache<String, Integer> cache = restart();
    assertEquals(1, cache.getAndPut("a", 10));
    assertEquals(2, cache.getAndRemove("b"));
    assertEquals(3, cache.getAndReplace("c", 30));
    assertNull(cache.getAndRemove("b"));
    assertEquals(Map.of("a", 10, "c", 30), archived());
  }

  @Test
  void remove_archivedKey_removesFromBothTiers() {
    open().putAll(Map.of("a", 1, "b", 2, "c", 3));
    KleptoCache<String, Integer> cache = restart();
    assertTrue(cache.remove("a"));
    assertFalse(cache.remove("a"));
    assertFalse(cache.remove("b", 99));
    assertTrue(cache.remove("b", 2));
    assertEquals(Map.of("c", 3), archived());
    assertNull(cache.get("a"));
  }

  @Test
  void invoke_archivedKey_exists() {
    open().put("a", 1);
    KleptoCache<String, Integer> cache = restart();
    assertTrue(cache.<Boolean>invoke("a", (entry, arguments) -> entry.exists()));
    assertFalse(cache.<Boolean>invoke("x", (entry, arguments) -> entry.exists()));
    assertEquals(
        1,
        cache.<Integer>invoke(
            "a",
            (entry, arguments) -> {
              int old = entry.getValue();
              entry.remove();
              return old;
            }));
    assertEquals(Map.of(), archived());
  }

  @Test
  void removeAll_afterRestart_emptiesBothTiers() {
    open().putAll(Map.of("a", 1, "b", 2, "c", 3));
    KleptoCache<String, Integer> cache = restart();
    cache.get("a");
    cache.removeAll(Set.of("a", "b", "x"));
    assertEquals(Map.of("c", 3), archived());
    cache.removeAll();
    assertEquals(Map.of(), archived());
    assertEquals(Map.of(), walk(cache));
  }

  @Test
  void clear_afterRestart_emptiesBothTiers() {
    open().putAll(Map.of("a", 1, "b", 2));
    KleptoCache<String, Integer> cache = restart();
    cache.clear();
    assertEquals(Map.of(), archived());
    assertNull(cache.get("a"));
  }

  @Test
  void evictAll_filledCache_emptiesMemoryAlone() {
    KleptoCache<String, Integer> cache = open();
    cache.putAll(Map.of("a", 1, "b", 2));
    cache.evictAll(true);
    assertEquals(0, cache.info().size());
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertEquals(2, cache.get("b"));
  }

  @Test
  void boundedCache_oneHundredTimesItsBound_losesNothing() {
    int count = 1_000;
    KleptoCache<String, Integer> cache = run.cache(configuration().maxEntries(10));
    Map<String, Integer> expected = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      cache.put("key " + i, i);
      expected.put("key " + i, i);
    }
    assertEquals(10, cache.info().size());
    for (int i = 0; i < count; i++) {
      assertEquals(i, cache.get("key " + i));
    }
    assertEquals(10, cache.info().size());
    assertEquals(expected, walk(cache));
    assertEquals(expected, cache.getAll(expected.keySet()));
  }

  @ParameterizedTest
  @EnumSource(names = {"LRU", "LFU", "MRU", "RR"})
  void boundedCache_changesOfEvictedEntries_keepTheBound(EvictionPolicy policy) {
    KleptoCache<String, Integer> cache =
        run.cache(configuration().policy(policy).maxEntries(3).seed(7));
    Map<String, Integer> expected = new HashMap<>();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 12; i++) {
        String key = "key " + i;
        int value = round * 100 + i;
        Integer old = expected.put(key, value);
        switch (i % 4) {
          case 0 -> assertEquals(old, cache.getAndPut(key, value));
          case 1 -> {
            assertEquals(old == null, cache.putIfAbsent(key, value));
            assertEquals(old != null, cache.replace(key, old == null ? -1 : old, value));
          }
          case 2 -> {
            if (old != null) {
              assertTrue(cache.remove(key, old));
              assertFalse(cache.remove(key, old));
            }
            cache.put(key, value);
          }
          default -> {
            Integer seen =
                cache.invoke(
                    key,
                    (entry, arguments) -> {
                      Integer before = entry.getValue();
                      entry.setValue(value);
                      return before;
                    });
            assertEquals(old, seen);
          }
        }
        assertTrue(cache.info().size() <= 3, "entries in memory: " + cache.info().size());
      }
      assertEquals(expected, archived());
      assertEquals(new TreeMap<>(expected), walk(cache));
    }
  }

  @Test
  void close_filledCache_destroysNothing() {
    KleptoCache<String, Integer> cache = open();
    cache.put("a", 1);
    cache.close();
    assertEquals(Map.of("a", 1), archived());
    assertEquals(1, open().get("a"));
  }

  @Test
  void destroyCache_byDefault_keepsTheArchive() {
    open().put("a", 1);
    run.manager().destroyCache("results");
    assertNull(run.manager().getCache("results"), "archived data resurrects no cache by name");
    assertEquals(Map.of("a", 1), archived());
    assertEquals(1, open().get("a"));
  }

  @Test
  void destroyCache_dropOnDestroy_destroysItsNamespaceAlone() {
    run.cache(configuration().dropOnDestroy(true)).put("a", 1);
    KleptoCache<String, Integer> neighbour = run.cache("neighbour", configuration());
    neighbour.put("a", 2);
    run.manager().destroyCache("results");
    assertEquals(Map.of(), archived());
    neighbour.evictAll(true);
    assertEquals(2, neighbour.get("a"));
  }

  @Test
  void close_dropOnDestroy_keepsTheArchive() {
    run.cache(configuration().dropOnDestroy(true)).put("a", 1);
    endRun();
    assertEquals(Map.of("a", 1), archived());
  }

  @Test
  void twoCaches_sameContainerAwkwardNames_neverSeeEachOther() {
    Set<String> names =
        Set.of(
            "a.b",
            "a$b",
            "a##b",
            "a b",
            "../x",
            "..",
            "/etc/x",
            "x",
            "X",
            "ä",
            "a\\b",
            "CON",
            "a\u0000b",
            "%2e",
            "n".repeat(300));
    for (String name : names) {
      KleptoCache<String, Integer> cache = run.cache(name, configuration());
      cache.put("only in", name.hashCode());
      cache.put(name, 1);
    }
    endRun();
    for (String name : names) {
      KleptoCache<String, Integer> cache = run.cache(name, configuration());
      assertEquals(Set.of("only in", name), walk(cache).keySet(), name);
      assertEquals(name.hashCode(), cache.get("only in"), name);
    }
  }

  @Test
  void archiveNamespace_sharedByTwoNames_isOneArchive() {
    run.cache("one", configuration().archiveNamespace("shared")).put("a", 1);
    assertEquals(1, run.cache("two", configuration().archiveNamespace("shared")).get("a"));
  }

  @Test
  void bulkOperations_manyKeys_goThroughBothTiers() {
    Map<String, Integer> many =
        IntStream.range(0, 200).boxed().collect(Collectors.toMap(i -> "key " + i, i -> i));
    KleptoCache<String, Integer> cache = run.cache(configuration().maxEntries(7));
    cache.putAll(many);
    assertEquals(many, archived());
    assertEquals(many, cache.getAll(many.keySet()));
    cache.removeAll(new TreeSet<>(many.keySet()).headSet("key 2"));
    assertEquals(archived(), walk(cache));
  }

  /** Returns what an iterator sees, and fails if it sees a key twice. */
  static <V> Map<String, V> walk(Cache<String, V> cache) {
    Map<String, V> seen = new TreeMap<>();
    for (Cache.Entry<String, V> entry : cache) {
      assertNull(seen.put(entry.getKey(), entry.getValue()), () -> "twice: " + entry.getKey());
    }
    return seen;
  }
}
