package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** klepto's safe caches: what fails on the way to a key is a miss that stores nothing. */
final class SafeCacheTest {
  private final FaultyStore faulty = FaultyStore.empty();
  private final List<String> computed = new ArrayList<>();
  private final CapturedWarnings warnings = new CapturedWarnings("io.klepto.jcache.SafeCache");
  private final Run run = new Run();

  @AfterEach
  void closeRun() {
    faulty.heal();
    run.close();
    warnings.close();
  }

  private KleptoConfigurationBuilder<String, Integer> configuration() {
    return KleptoConfiguration.builder(String.class, Integer.class)
        .failure(Failure.BYPASS)
        .statistics(true)
        .archiveMode(ArchiveMode.WRITE_THROUGH);
  }

  private KleptoCache<String, Integer> open(
      KleptoConfigurationBuilder<String, Integer> configuration) {
    KleptoCache<String, Integer> cache = run.cache(configuration);
    cache.archive(faulty.archive());
    cache.putAll(Map.of("a", 1, "b", 2));
    cache.evictAll(false);
    return cache;
  }

  private Integer compute(String key) {
    computed.add(key);
    return 100;
  }

  private Map<String, Integer> archived() {
    Archive<String, Integer> archive = faulty.soundArchive();
    return new TreeMap<>(archive.getAll(archive.keys()));
  }

  @Test
  void get_archiveFails_isACountedMissLoggedOnce() {
    KleptoCache<String, Integer> cache = open(configuration());
    faulty.fail(FaultyStore.READS);
    assertNull(cache.get("a"));
    assertNull(cache.get("b"));
    assertEquals(2, cache.info().misses());
    assertEquals(2, cache.info().bypasses());
    assertEquals(1, warnings.records().size(), "warnings");
    String message = warnings.records().get(0).getMessage();
    assertTrue(message.contains("results"), message);
    faulty.heal();
    assertEquals(1, cache.get("a"));
  }

  @Test
  void get_archiveFailsWithLoader_givesTheLoadedValueAndStoresNothing() {
    KleptoCache<String, Integer> cache = open(configuration().loading(this::compute));
    faulty.fail(FaultyStore.READS);
    assertEquals(100, cache.get("a"));
    assertEquals(Map.of("a", 100, "x", 100), cache.getAll(Set.of("a", "x")));
    faulty.heal();
    assertEquals(1, cache.get("a"), "what was archived, which nothing has replaced");
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertEquals(3, computed.size());
  }

  @Test
  void get_archiveIsAllGone_givesTheLoadedValue() {
    KleptoCache<String, Integer> cache = open(configuration().loading(this::compute));
    faulty.fail(FaultyStore.READS);
    assertEquals(100, cache.get("a"), "the failing write is not even tried");
  }

  @Test
  void conditionalChanges_archiveFailsOnReading_changeNothing() {
    KleptoCache<String, Integer> cache = open(configuration());
    faulty.fail(FaultyStore.READS);
    assertFalse(cache.putIfAbsent("a", 9));
    assertNull(cache.getAndPut("a", 9));
    assertNull(cache.getAndRemove("a"));
    assertNull(cache.getAndReplace("a", 9));
    assertFalse(cache.replace("a", 9));
    assertFalse(cache.replace("a", 1, 9));
    assertFalse(cache.remove("a", 1));
    assertFalse(cache.containsKey("a"));
    cache.load(Set.of("a"));
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertEquals(0, cache.info().size());
  }

  @Test
  void load_archiveFails_bringsNothing() {
    KleptoCache<String, Integer> cache = open(configuration());
    faulty.fail(FaultyStore.READS);
    cache.load();
    assertEquals(0, cache.info().size());
    assertEquals(1, cache.info().bypasses());
  }

  @Test
  void loadAll_archiveFails_completesWithoutTheKeysThatFail() throws Exception {
    KleptoCache<String, Integer> cache = open(configuration());
    faulty.fail(FaultyStore.READS);
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("a", "b"), false, done);
    done.get(1, TimeUnit.MINUTES);
    assertEquals(0, cache.info().size());
    assertEquals(2, cache.info().bypasses());
  }

  @Test
  void removeAll_archiveFails_throws() {
    KleptoCache<String, Integer> cache = open(configuration());
    faulty.fail(FaultyStore.READS);
    assertThrows(CacheLoaderException.class, cache::removeAll);
    assertEquals(Map.of("a", 1, "b", 2), archived());
  }

  @Test
  void invoke_archiveFails_throwsAndRunsNothing() {
    KleptoCache<String, Integer> cache = open(configuration());
    faulty.fail(FaultyStore.READS);
    int[] runs = {0};
    assertThrows(
        CacheLoaderException.class,
        () -> cache.<Integer>invoke("a", (entry, arguments) -> runs[0]++));
    assertEquals(0, runs[0]);
  }

  @Test
  void put_archiveFailsOnWriting_throws() {
    KleptoCache<String, Integer> cache = open(configuration());
    faulty.fail(FaultyStore.WRITES);
    assertThrows(CacheWriterException.class, () -> cache.put("a", 9));
    faulty.heal();
    assertEquals(1, cache.get("a"));
  }

  @Test
  void get_loaderFails_throws() {
    KleptoCache<String, Integer> cache =
        open(
            configuration()
                .loading(
                    key -> {
                      throw new IllegalStateException("overflow");
                    }));
    CacheLoaderException failure = assertThrows(CacheLoaderException.class, () -> cache.get("new"));
    assertEquals("overflow", failure.getCause().getMessage());
    assertEquals(List.of(), warnings.records());
  }

  @Test
  void keysWithoutCanonicalBytes_arePassedOver() {
    KleptoCache<Object, String> cache =
        run.cache(
            "objects",
            KleptoConfiguration.builder(Object.class, String.class)
                .failure(Failure.BYPASS)
                .statistics(true)
                .archive(URI.create("dict:/"))
                .loading(key -> "computed"));
    Object bad = new Thread("never started");
    cache.put(bad, "value");
    assertEquals("computed", cache.get(bad));
    assertNull(cache.lookup(bad));
    assertFalse(cache.containsKey(bad));
    assertFalse(cache.remove(bad));
    assertFalse(cache.putIfAbsent(bad, "value"));
    Map<Object, String> entries = new HashMap<>();
    entries.put(bad, "value");
    entries.put("good", "value");
    cache.putAll(entries);
    assertEquals("value", cache.lookup("good"));
    entries.put(bad, "computed");
    assertEquals(entries, cache.getAll(Set.of(bad, "good")));
    cache.removeAll(Set.of(bad, "good"));
    assertEquals(0, cache.info().size());
    assertThrows(
        CacheException.class, () -> cache.<Object>invoke(bad, (entry, arguments) -> "never"));
    assertEquals(1, warnings.records().size(), "warnings");
  }
}
