package io.klepto.jcache.coherence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.archive.store.KeyHold;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.Coherence;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.Sharing;
import io.klepto.jcache.store.Hits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two coherent caches over one archive, each as if in a process of its own. */
@Timeout(120)
abstract class CoherentCacheContract {
  private final KleptoCachingProvider ours = new KleptoCachingProvider();
  private final KleptoCachingProvider theirs = new KleptoCachingProvider();
  @TempDir Path folder;
  private KleptoCache<String, Integer> here;
  private KleptoCache<String, Integer> there;

  abstract URI location(Path folder);

  final KleptoConfigurationBuilder<String, Integer> configuration() {
    return KleptoConfiguration.builder(String.class, Integer.class)
        .archive(location(folder))
        .sharing(
            Sharing.builder()
                .coherence(Coherence.STAMPS)
                .changeWait(Duration.ofMillis(300))
                .build());
  }

  final KleptoCache<String, Integer> cache(
      KleptoCachingProvider provider,
      String name,
      KleptoConfigurationBuilder<String, Integer> configuration) {
    configuration.archiveNamespace("numbers");
    return (KleptoCache<String, Integer>)
        provider.getCacheManager().createCache(name, configuration.build());
  }

  @BeforeEach
  void open() {
    here = cache(ours, "c", configuration());
    there = cache(theirs, "c", configuration());
  }

  @AfterEach
  void close() {
    ours.close();
    theirs.close();
  }

  private void both(int value) {
    here.put("k", value);
    assertEquals(value, there.get("k"));
    assertEquals(value, there.lookup("k"));
  }

  @Test
  void changedByAnother_everyReadSeesTheNewValue() {
    both(1);
    here.put("k", 2);
    assertEquals(2, there.get("k"));
    here.put("k", 3);
    assertEquals(Map.of("k", 3), there.getAll(Set.of("k")));
    here.put("k", 4);
    Map<String, Integer> walked = new HashMap<>();
    for (Cache.Entry<String, Integer> entry : there) {
      walked.put(entry.getKey(), entry.getValue());
    }
    assertEquals(Map.of("k", 4), walked);
    here.put("k", 5);
    assertEquals(5, there.<Integer>invoke("k", (entry, arguments) -> entry.getValue()));
    here.put("k", 6);
    assertEquals(6, there.getAndPut("k", 7));
    assertEquals(7, here.get("k"));
    assertEquals(7, here.getOrCompute("k", key -> 99));
  }

  @Test
  void changedByAnother_lookupInMemoryFindsNothing() {
    both(1);
    here.put("k", 2);
    assertNull(there.lookup("k"));
    assertNull(there.unwrap(Hits.class).find("k"));
    assertEquals(2, there.get("k"));
    assertEquals(2, there.lookup("k"));
    assertEquals(2, there.lookup("k"));
  }

  @Test
  void removedByAnother_isGoneForEverybody() {
    both(1);
    assertTrue(here.remove("k"));
    assertFalse(there.containsKey("k"));
    assertNull(there.get("k"));
    assertFalse(there.iterator().hasNext());
    both(2);
    here.removeAll(Set.of("k"));
    assertFalse(there.replace("k", 3));
    assertTrue(there.putIfAbsent("k", 4));
    assertFalse(here.putIfAbsent("k", 5));
    assertEquals(4, here.getAndRemove("k"));
    assertNull(there.getAndReplace("k", 1));
  }

  @Test
  void clearedByAnother_isEmpty() {
    both(1);
    here.clear();
    assertNull(there.get("k"));
    both(2);
    here.removeAll();
    assertNull(there.get("k"));
  }

  @Test
  void writtenByWhoHasNoCache_isSeen() {
    both(1);
    try (Archive<String, Integer> archive = archive()) {
      archive.put("k", 2);
      assertEquals(2, there.get("k"));
      archive.remove("k");
      assertNull(there.get("k"));
    }
  }

  private Archive<String, Integer> archive() {
    return Archives.open(
        location(folder),
        ArchiveConfiguration.builder(String.class, Integer.class).namespace("numbers").build());
  }

  @Test
  void unchanged_hitsStayInMemory() {
    Map<String, Integer> all = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      all.put("k" + i, i);
    }
    here.putAll(all); // in several parts
    assertEquals(all, here.getAll(all.keySet()));
    assertEquals(600, all.keySet().stream().filter(key -> here.lookup(key) != null).count());
    here.put("k0", -1);
    here.removeAll(Set.of("k1"));
    long inMemory = all.keySet().stream().filter(key -> here.lookup(key) != null).count();
    assertTrue(inMemory >= 598, "in memory after an own change: " + inMemory);
    all.put("k0", -1);
    all.remove("k1");
    assertEquals(all, there.getAll(all.keySet()));
    there.removeAll(all.keySet());
    assertEquals(Map.of(), here.getAll(all.keySet()));
  }

  @Test
  void heldByAnother_changeFailsInTimeAndChangesNothing() {
    both(1);
    try (Archive<String, Integer> archive = archive();
        KeyHold held = held(archive)) {
      assertTrue(
          archive.store().lockKey(archive.keyBytes("k"), Duration.ZERO).isEmpty(), held::toString);
      CacheException failure = assertThrows(CacheException.class, () -> here.put("k", 2));
      assertTrue(failure.getMessage().contains("key k"), failure::getMessage);
      assertTrue(failure.getMessage().contains(archive.name()), failure::getMessage);
      assertThrows(CacheException.class, () -> here.putAll(Map.of("a", 1, "k", 2, "z", 3)));
      assertThrows(CacheException.class, () -> here.remove("k"));
      AtomicInteger runs = new AtomicInteger();
      assertThrows(
          CacheException.class,
          () -> here.invoke("k", (entry, arguments) -> runs.incrementAndGet()));
      assertEquals(0, runs.get());
      assertEquals(1, here.get("k"));
    }
    assertNull(there.get("a"));
    here.put("k", 3);
    assertEquals(3, there.get("k"));
  }

  private static KeyHold held(Archive<String, Integer> archive) {
    return archive.store().lockKey(archive.keyBytes("k"), Duration.ofSeconds(60)).orElseThrow();
  }

  @Test
  void loadThatBeganBeforeAnothersWrite_isNotKept() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    KleptoCache<String, Integer> slow =
        cache(
            ours,
            "slow",
            configuration()
                .loading(
                    key -> {
                      loading.countDown();
                      await(written);
                      return 1;
                    }));
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> slow.get("k"));
    await(loading);
    CompletableFuture<Integer> joining = new CompletableFuture<>();
    there.put("k", 2);
    Thread second = new Thread(() -> joining.complete(slow.get("k")));
    second.start();
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    written.countDown();
    assertEquals(1, first.get(60, TimeUnit.SECONDS));
    assertEquals(2, joining.get(60, TimeUnit.SECONDS)); // began after the write
    assertEquals(2, slow.get("k"));
    assertEquals(2, there.get("k"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new CacheLoaderException(e);
    }
  }

  @Test
  void boundedCache_evictsAndStaysCoherent() {
    KleptoCache<String, Integer> small = cache(ours, "small", configuration().maxEntries(3));
    for (int i = 0; i < 20; i++) {
      small.put("k" + i, i);
    }
    assertEquals(3, small.info().size());
    for (int i = 0; i < 20; i++) {
      there.put("k" + i, -i);
      assertEquals(-i, small.get("k" + i));
    }
    assertEquals(3, small.info().size());
  }

  @Test
  void putWithoutArchive_staysUntilDumpedAndIsSeenThen() {
    here.archived(false);
    here.put("k", 1);
    assertEquals(1, here.get("k"));
    here.archived(true);
    assertEquals(1, here.get("k"));
    here.dump();
    assertEquals(1, there.get("k"));
    there.put("k", 2);
    assertEquals(2, here.get("k"));
    here.archived(false);
    assertEquals(2, here.get("k"));
    there.put("k", 3);
    here.archived(true);
    assertEquals(3, here.get("k"));
  }

  @Test
  void syncClearingTheArchive_keepsWhatMemoryHas() {
    both(1);
    there.put("other", 2);
    here.sync(true);
    assertEquals(1, here.get("k"));
    assertEquals(1, there.get("k"));
    assertNull(there.get("other"));
  }
}
