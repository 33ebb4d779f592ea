package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.ArchiveMode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A walk over a cache that changes under it. */
final class EntryIteratorTest {
  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  private static void fill(KleptoCache<String, Integer> cache, int entries) {
    for (int i = 0; i < entries; i++) {
      cache.put("k" + i, i);
    }
  }

  @Test
  void remove_takesOutWhatNextGave_evenIfItWasReplacedMeanwhile() {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    fill(cache, 10);
    Iterator<Cache.Entry<String, Integer>> walk = cache.iterator();
    while (walk.hasNext()) {
      Cache.Entry<String, Integer> entry = walk.next();
      cache.put(entry.getKey(), -1);
      walk.remove();
      assertFalse(cache.containsKey(entry.getKey()));
      assertThrows(IllegalStateException.class, walk::remove, "once for each next");
    }
    assertThrows(NoSuchElementException.class, walk::next);
    assertEquals(0, cache.info().size());
  }

  @Test
  void remove_beforeNext_throws() {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    fill(cache, 1);
    assertThrows(IllegalStateException.class, cache.iterator()::remove);
  }

  @Test
  void walk_whileOthersAddAndRemove_seesWhatStaysExactlyOnce() throws Exception {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    fill(cache, 200);
    AtomicBoolean done = new AtomicBoolean();
    Crew.Member<Void> changing =
        Crew.run(
            () -> {
              for (int i = 0; !done.get(); i++) {
                cache.put("x" + i % 1000, i);
                cache.remove("x" + (i + 500) % 1000);
              }
            });
    for (int round = 0; round < 50; round++) {
      Set<String> seen = new HashSet<>();
      for (Cache.Entry<String, Integer> entry : cache) {
        if (entry.getKey().startsWith("k")) {
          assertTrue(seen.add(entry.getKey()), () -> entry.getKey() + " came twice");
          assertEquals(entry.getKey(), "k" + entry.getValue());
        }
      }
      assertEquals(200, seen.size());
    }
    done.set(true);
    changing.result();
  }

  @Test
  void walk_overMemoryAndArchive_seesEachOnceWhileEntriesMoveBetweenThem() {
    KleptoCache<String, Integer> cache =
        caches.create(TestCaches.numbers().maxEntries(10).archiveMode(ArchiveMode.ON_EVICT));
    cache.archive(HookedArchive.with(new HookedArchive.Hook() {}));
    fill(cache, 100);
    Set<String> seen = new HashSet<>();
    int next = 0;
    for (Cache.Entry<String, Integer> entry : cache) {
      assertTrue(seen.add(entry.getKey()), () -> entry.getKey() + " came twice");
      next = (next + 37) % 100;
      assertEquals(next, cache.get("k" + next), "brought to memory, and another evicted");
    }
    assertEquals(100, seen.size());
  }

  @Test
  void removeAll_ofKeysInMemoryAndArchive_emptiesBoth() {
    KleptoCache<String, Integer> cache =
        caches.create(TestCaches.numbers().maxEntries(10).archiveMode(ArchiveMode.ON_EVICT));
    cache.archive(HookedArchive.with(new HookedArchive.Hook() {}));
    fill(cache, 100);
    cache.removeAll();
    assertFalse(cache.iterator().hasNext());
    assertEquals(0, cache.archive().orElseThrow().size());
    assertEquals(0, cache.info().size());
  }
}
