package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.store.RecordTimes;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.Factory;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deadlines that outlive memory and runs, on a clock that stands still. */
final class ArchivedExpiryTest {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Duration MINUTE = new Duration(TimeUnit.SECONDS, 60);

  private final URI location = URI.create("dict:ArchivedExpiryTest-" + NUMBERS.incrementAndGet());
  private final ManualClock clock = new ManualClock();
  private Run run = new Run();

  /** A policy that says what it is told; null changes nothing. */
  private record Policy(Duration creation, Duration access, Duration update)
      implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return creation;
    }

    @Override
    public Duration getExpiryForAccess() {
      return access;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return update;
    }
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  private KleptoCache<String, Integer> open(Factory<? extends ExpiryPolicy> policy) {
    return run.cache(configuration(policy));
  }

  private KleptoConfigurationBuilder<String, Integer> configuration(
      Factory<? extends ExpiryPolicy> policy) {
    return KleptoConfiguration.builder(String.class, Integer.class)
        .archive(location)
        .clock(clock)
        .expiry(policy);
  }

  private void endRun() {
    run.close();
    run = new Run();
  }

  @Test
  void restart_beforeTheDeadline_servesWhatIsLeft() {
    open(CreatedExpiryPolicy.factoryOf(MINUTE)).put("a", 1);
    clock.advanceSeconds(40);
    endRun();
    KleptoCache<String, Integer> cache = open(CreatedExpiryPolicy.factoryOf(MINUTE));
    assertEquals(1, cache.get("a"));
    clock.advanceMillis(19_999);
    assertEquals(1, cache.get("a"));
    clock.advanceMillis(1);
    assertGone(cache, "a");
  }

  @Test
  void restart_afterTheDeadline_findsNothing() {
    open(CreatedExpiryPolicy.factoryOf(MINUTE)).put("a", 1);
    endRun();
    clock.advanceSeconds(60);
    KleptoCache<String, Integer> cache = open(CreatedExpiryPolicy.factoryOf(MINUTE));
    assertGone(cache, "a");
    assertTrue(cache.putIfAbsent("a", 2), "what is over is absent");
    assertEquals(2, cache.get("a"));
  }

  @Test
  void restart_withEternalPolicy_keepsTheDeadlineOfTheEntry() {
    open(CreatedExpiryPolicy.factoryOf(MINUTE)).put("a", 1);
    endRun();
    KleptoCache<String, Integer> cache =
        run.cache(
            KleptoConfiguration.builder(String.class, Integer.class)
                .archive(location)
                .clock(clock));
    assertEquals(1, cache.get("a"));
    clock.advanceSeconds(60);
    assertGone(cache, "a");
  }

  @Test
  void eviction_ofEntryWithDeadline_keepsTheDeadline() {
    KleptoCache<String, Integer> cache =
        run.cache(configuration(CreatedExpiryPolicy.factoryOf(MINUTE)).maxEntries(1));
    cache.put("a", 1);
    clock.advanceSeconds(30);
    cache.put("b", 2);
    assertNull(cache.lookup("a"), "evicted");
    assertEquals(1, cache.get("a"));
    clock.advanceSeconds(30);
    assertGone(cache, "a");
    assertEquals(2, cache.get("b"));
  }

  @Test
  void update_ofArchivedEntry_isNoCreation() {
    Factory<ExpiryPolicy> policy =
        () -> new Policy(MINUTE, null, new Duration(TimeUnit.SECONDS, 100));
    open(policy).put("a", 1);
    endRun();
    KleptoCache<String, Integer> cache = open(policy);
    clock.advanceSeconds(10);
    cache.put("a", 2);
    clock.advanceSeconds(99);
    assertEquals(2, cache.get("a"));
    clock.advanceSeconds(1);
    assertGone(cache, "a");
  }

  @Test
  void update_thatChangesNoDeadline_keepsTheArchivedOne() {
    Factory<ExpiryPolicy> policy = CreatedExpiryPolicy.factoryOf(MINUTE);
    open(policy).put("a", 1);
    endRun();
    KleptoCache<String, Integer> cache = open(policy);
    clock.advanceSeconds(30);
    cache.put("a", 2);
    cache.putAll(Map.of("a", 3));
    clock.advanceSeconds(29);
    assertEquals(3, cache.get("a"));
    clock.advanceSeconds(1);
    assertGone(cache, "a");
    endRun();
    assertGone(open(policy), "a");
  }

  @Test
  void put_modifiedPolicy_storesTheNewDeadline() {
    Factory<ExpiryPolicy> policy = ModifiedExpiryPolicy.factoryOf(MINUTE);
    KleptoCache<String, Integer> cache = open(policy);
    cache.put("a", 1);
    clock.advanceSeconds(30);
    cache.put("a", 2);
    endRun();
    clock.advanceSeconds(59);
    assertEquals(2, open(policy).get("a"));
    endRun();
    clock.advanceSeconds(1);
    assertGone(open(policy), "a");
  }

  @Test
  void put_thatExpiresAtOnce_removesTheArchivedEntry() {
    Factory<ExpiryPolicy> policy = () -> new Policy(Duration.ETERNAL, null, Duration.ZERO);
    open(policy).put("a", 1);
    endRun();
    KleptoCache<String, Integer> cache = open(policy);
    cache.put("a", 2);
    assertGone(cache, "a");
    assertEquals(0, cache.archive().orElseThrow().size());
  }

  @Test
  void get_thatEndsTheEntry_endsItInTheArchiveToo() {
    KleptoCache<String, Integer> cache =
        open(() -> new Policy(Duration.ETERNAL, Duration.ZERO, null));
    cache.put("a", 1);
    cache.put("b", 2);
    cache.put("c", 3);
    assertEquals(1, cache.get("a"));
    assertNull(cache.get("a"));
    assertEquals(Map.of(), cache.getAll(Set.of("a")));
    assertEquals(2, cache.get("b"));
    assertFalse(cache.containsKey("b"));
    assertEquals(3, cache.get("c"));
    assertEquals(Map.of(), WriteThroughContract.walk(cache));
    endRun();
    assertGone(open(CreatedExpiryPolicy.factoryOf(MINUTE)), "c");
  }

  @Test
  void get_thatEndsTheEntry_endsItBeforeARestart() {
    KleptoCache<String, Integer> cache =
        open(() -> new Policy(Duration.ETERNAL, Duration.ZERO, null));
    cache.put("a", 1);
    cache.get("a");
    endRun();
    assertGone(open(CreatedExpiryPolicy.factoryOf(MINUTE)), "a");
  }

  @Test
  void get_accessedPolicy_prolongsTheEntryOverARestart() {
    Factory<ExpiryPolicy> policy = AccessedExpiryPolicy.factoryOf(MINUTE);
    KleptoCache<String, Integer> cache = open(policy);
    cache.put("a", 1);
    clock.advanceSeconds(50);
    cache.get("a");
    endRun();
    clock.advanceSeconds(59);
    KleptoCache<String, Integer> restarted = open(policy);
    assertTrue(restarted.containsKey("a"));
    clock.advanceSeconds(1);
    assertGone(restarted, "a");
  }

  @Test
  void get_ofEvictedEntry_prolongsIt() {
    Factory<ExpiryPolicy> policy = TouchedExpiryPolicy.factoryOf(MINUTE);
    KleptoCache<String, Integer> cache = run.cache(configuration(policy).maxEntries(1));
    cache.put("a", 1);
    clock.advanceSeconds(50);
    cache.get("a");
    cache.put("b", 2);
    assertNull(cache.lookup("a"), "evicted");
    clock.advanceSeconds(50);
    assertEquals(1, cache.get("a"));
  }

  @Test
  void expiry_ofNewerEntryInMemory_doesNotBringTheArchivedOneBack() {
    Factory<ExpiryPolicy> policy = () -> new Policy(Duration.ETERNAL, null, MINUTE);
    KleptoCache<String, Integer> cache =
        run.cache(configuration(policy).archiveMode(ArchiveMode.ON_EVICT));
    Set<String> keys = Set.of("a", "b", "c", "d", "e", "f", "g");
    keys.forEach(key -> cache.put(key, 1));
    cache.dump();
    keys.forEach(key -> cache.put(key, 2));
    clock.advanceSeconds(60);
    assertFalse(cache.containsKey("a"));
    assertNull(cache.get("b"));
    assertEquals(Map.of(), cache.getAll(Set.of("c")));
    assertTrue(cache.putIfAbsent("d", 3));
    assertFalse(cache.<Boolean>invoke("e", (entry, arguments) -> entry.exists()));
    assertEquals(Map.of("d", 3), WriteThroughContract.walk(cache));
    endRun();
    KleptoCache<String, Integer> restarted = open(policy);
    assertEquals(Map.of("d", 3), restarted.getAll(keys));
  }

  @Test
  void close_withExpiredNewerEntry_leavesNothingOfIt() {
    Factory<ExpiryPolicy> policy = () -> new Policy(Duration.ETERNAL, null, MINUTE);
    KleptoCache<String, Integer> cache =
        run.cache(configuration(policy).archiveMode(ArchiveMode.ON_EVICT));
    cache.put("a", 1);
    cache.dump();
    cache.put("a", 2);
    clock.advanceSeconds(60);
    endRun();
    assertGone(open(policy), "a");
  }

  @Test
  void put_withDeadline_storesCreationDurationAndDeadline() {
    KleptoCache<String, Integer> cache = open(CreatedExpiryPolicy.factoryOf(MINUTE));
    cache.put("a", 1);
    Archive<String, Integer> archive = cache.archive().orElseThrow();
    RecordTimes times = archive.entry("a").times();
    assertEquals(RecordTimes.expiringAfter(clock.millis(), 60_000), times);
  }

  private static void assertGone(KleptoCache<String, Integer> cache, String key) {
    assertNull(cache.get(key), "get");
    assertFalse(cache.containsKey(key), "containsKey");
    assertEquals(Map.of(), cache.getAll(Set.of(key)), "getAll");
    assertFalse(WriteThroughContract.walk(cache).containsKey(key), "iterator");
    assertFalse(cache.<Boolean>invoke(key, (entry, arguments) -> entry.exists()), "exists");
    assertNull(cache.getAndRemove(key), "getAndRemove");
  }
}
