package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.jcache.Crew;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.UnwrittenException;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.WriteBehind;
import io.klepto.jcache.config.WriteBehindBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache whose archive is written by a queue; here it waits until somebody asks for it. */
@Timeout(120)
final class WriteBehindTest {
  private final FaultyStore faulty = FaultyStore.empty();
  private final ConcurrentLinkedQueue<String> given = new ConcurrentLinkedQueue<>();
  private final ManualClock clock = new ManualClock();
  private final Run run = new Run();

  @AfterEach
  void closeRun() {
    faulty.heal();
    run.close();
  }

  private WriteBehindBuilder patient() {
    return WriteBehind.builder()
        .linger(Duration.ofHours(1))
        .retries(2, Duration.ZERO, Duration.ZERO)
        .onFailure((key, value, cause) -> given.add(key + "=" + value));
  }

  private KleptoConfigurationBuilder<String, Integer> configuration(WriteBehindBuilder settings) {
    return KleptoConfiguration.builder(String.class, Integer.class)
        .clock(clock)
        .writeBehind(settings.build());
  }

  private KleptoCache<String, Integer> open(WriteBehindBuilder settings) {
    KleptoCache<String, Integer> cache = run.cache(configuration(settings));
    cache.archive(faulty.archive());
    return cache;
  }

  private Map<String, Integer> archived() {
    Archive<String, Integer> archive = faulty.soundArchive();
    return new TreeMap<>(archive.getAll(archive.keys()));
  }

  @Test
  void put_returned_isSeenByEveryReadAndNotYetInTheArchive() {
    KleptoCache<String, Integer> cache = open(patient());
    faulty.soundArchive().put("old", 0);
    cache.put("a", 1);
    cache.putAll(Map.of("b", 2));
    cache.remove("old");
    assertEquals(Map.of("old", 0), archived());
    cache.evictAll(true);
    assertEquals(Map.of("a", 1, "b", 2), WriteThroughContract.walk(cache));
    assertTrue(cache.containsKey("a"));
    assertFalse(cache.containsKey("old"));
    assertEquals(1, cache.get("a"));
    assertNull(cache.get("old"));
    cache.evictAll(true);
    assertEquals(Map.of("a", 1, "b", 2), cache.getAll(Set.of("a", "b", "old")));
    cache.evictAll(true);
    assertEquals(1, cache.<Integer>invoke("a", (entry, arguments) -> entry.getValue()));
    assertFalse(cache.putIfAbsent("b", 3));
    cache.evictAll(true);
    cache.load(Set.of("a", "old"));
    assertEquals(1, cache.lookup("a"));
    assertNull(cache.lookup("old"));
    assertTrue(cache.remove("b"));
    assertFalse(cache.remove("b"));
    cache.dump();
    assertEquals(Map.of("a", 1), archived());
  }

  @Test
  void changesOfOneKey_areWrittenAsOne() {
    KleptoCache<String, Integer> cache = open(patient());
    for (int i = 0; i <= 100; i++) {
      cache.put("a", i);
      cache.put("gone", i);
    }
    cache.remove("gone");
    cache.dump();
    assertEquals(Map.of("a", 100), archived());
    assertEquals(1, faulty.calls("putAll"));
    assertEquals(1, faulty.calls("removeAll"));
  }

  @Test
  void put_queueFull_waitsUntilThereIsRoom() {
    KleptoCache<String, Integer> cache = open(patient().maxQueued(3));
    for (int i = 0; i < 20; i++) {
      cache.put("key " + i, i);
      assertTrue(cache.info().size() - archived().size() <= 3, "queued more than the bound");
    }
    cache.dump();
    assertEquals(20, archived().size());
  }

  @Test
  void archiveFails_isReportedKeptAndDumpedLater() {
    try (CapturedWarnings warnings = new CapturedWarnings("io.klepto.jcache.through.QueueWriter")) {
      KleptoCache<String, Integer> cache = open(patient());
      faulty.soundArchive().put("old", 0);
      faulty.fail(FaultyStore.WRITES);
      cache.put("a", 1);
      cache.put("old", 5);
      cache.remove("old");
      CacheWriterException failure = assertThrows(CacheWriterException.class, cache::dump);
      assertInstanceOf(ArchiveException.class, failure.getCause());
      assertEquals(3, faulty.calls("putAll"), "one try and two retries");
      assertEquals(List.of("a=1", "old=null"), List.copyOf(given));
      assertThrows(CacheWriterException.class, cache::dump);
      assertEquals(1, warnings.records().size(), "logged once");
      cache.evictAll(true);
      assertEquals(1, cache.get("a"));
      assertFalse(cache.containsKey("old"));
      faulty.heal();
      cache.dump();
      assertEquals(Map.of("a", 1), archived());
    }
  }

  @Test
  void archiveFailsForOne_writesTheOthers() {
    KleptoCache<String, Integer> cache = open(patient());
    faulty.failWritesOf("bad");
    cache.putAll(Map.of("a", 1, "bad", 2, "c", 3));
    assertThrows(CacheWriterException.class, cache::dump);
    assertEquals(Map.of("a", 1, "c", 3), archived());
    cache.put("bad", 4);
    faulty.heal();
    cache.dump();
    assertEquals(4, archived().get("bad"));
  }

  @Test
  void put_queueFullOfRefusedWrites_throwsAndChangesNothing() {
    KleptoCache<String, Integer> cache = open(patient().maxQueued(1));
    faulty.fail(FaultyStore.WRITES);
    cache.put("a", 1);
    CacheWriterException failure =
        assertThrows(CacheWriterException.class, () -> cache.put("b", 2));
    assertInstanceOf(ArchiveException.class, failure.getCause());
    assertNull(cache.lookup("b"));
    cache.put("a", 3);
    faulty.heal();
    cache.put("b", 2);
    cache.dump();
    assertEquals(Map.of("a", 3, "b", 2), archived());
  }

  @Test
  void close_writesWhatIsQueued() {
    KleptoCache<String, Integer> cache = open(patient());
    cache.put("a", 1);
    cache.close();
    assertEquals(Map.of("a", 1), archived());
  }

  @Test
  void destroyCache_writesWhatWasAcknowledged() {
    KleptoCache<String, Integer> cache = open(patient());
    cache.put("a", 1);
    run.manager().destroyCache(cache.getName());
    assertEquals(Map.of("a", 1), archived());
  }

  @Test
  void close_archiveFails_throwsWithTheWritesThatAreLeft() {
    KleptoCache<String, Integer> cache = open(patient());
    faulty.failWritesOf("bad");
    cache.putAll(Map.of("a", 1, "bad", 2));
    UnwrittenException failure = assertThrows(UnwrittenException.class, cache::close);
    assertEquals(Map.of("bad", 2), failure.writes());
    assertTrue(failure.getMessage().contains("bad"), failure.getMessage());
    assertTrue(cache.isClosed());
    assertEquals(Map.of("a", 1), archived());
  }

  @Test
  void clear_emptiesQueueAndArchive_failingKeepsTheQueue() {
    KleptoCache<String, Integer> cache = open(patient());
    faulty.soundArchive().put("old", 0);
    cache.put("a", 1);
    faulty.fail(Set.of("clear"));
    assertThrows(CacheWriterException.class, cache::clear);
    assertEquals(1, cache.get("a"));
    faulty.heal();
    cache.clear();
    cache.dump();
    assertEquals(Map.of(), archived());
    assertEquals(Map.of(), WriteThroughContract.walk(cache));
    cache.put("b", 2);
    cache.removeAll();
    cache.dump();
    assertEquals(Map.of(), archived());
  }

  @Test
  void otherArchive_queueIsWrittenToTheFormerFirst() {
    KleptoCache<String, Integer> cache = open(patient());
    cache.put("a", 1);
    faulty.fail(FaultyStore.WRITES);
    FaultyStore other = FaultyStore.empty();
    assertThrows(CacheWriterException.class, () -> cache.archive(other.archive()));
    assertThrows(CacheWriterException.class, () -> cache.archived(false));
    assertTrue(cache.archived(), "nothing has changed");
    faulty.heal();
    cache.archive(other.archive());
    assertEquals(Map.of("a", 1), archived());
    cache.dump();
    assertEquals(1, other.soundArchive().get("a"));
    cache.put("b", 2);
    cache.archived(false);
    assertEquals(2, other.soundArchive().get("b"));
  }

  @Test
  void drop_forgetsWhatIsQueued() {
    KleptoCache<String, Integer> cache = open(patient());
    cache.put("a", 1);
    cache.drop();
    assertEquals(0, faulty.calls("putAll") + faulty.calls("put"));
    assertEquals(1, cache.get("a"), "memory stays");
  }

  @Test
  void queuedEntry_expiresInTimeAndTakesItsDeadlineAlong() {
    KleptoCache<String, Integer> cache =
        run.cache(
            configuration(patient())
                .expiry(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_MINUTE))
                .archive(URI.create("dict:write-behind-expiry")));
    Archive<String, Integer> archive = cache.archive().orElseThrow();
    cache.put("a", 1);
    clock.advanceSeconds(30);
    cache.put("b", 2);
    cache.dump();
    cache.put("c", 3);
    assertEquals(clock.millis() + 60_000, archive.entry("b").times().deadlineMillis());
    assertEquals(clock.millis() + 30_000, archive.entry("a").times().deadlineMillis());
    cache.evictAll(true);
    assertEquals(1, cache.get("a"));
    assertEquals(3, cache.get("c"));
    cache.evictAll(true);
    clock.advanceSeconds(61);
    assertNull(cache.get("c"));
    assertFalse(cache.containsKey("c"));
    assertEquals(Map.of(), WriteThroughContract.walk(cache));
  }

  @Test
  void writingThread_startsWithTheFirstWriteAndEndsWhenIdle() {
    KleptoCache<String, Integer> cache = run.cache("idle", configuration(patient()));
    cache.archive(faulty.archive());
    cache.get("a");
    cache.remove("a");
    assertFalse(isWriting(), "nothing was written");
    cache.put("a", 1);
    assertTrue(isWriting());
    cache.dump();
    Crew.await("the writing thread to end", () -> !isWriting());
    cache.put("b", 2);
    cache.dump();
    assertEquals(2, archived().size());
  }

  private static boolean isWriting() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("klepto-write-behind-idle"));
  }

  @Test
  void manyThreads_lastChangeOfEachKeyIsTheArchives() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("WriteBehindTest seed " + seed);
    KleptoCache<String, Integer> cache =
        run.cache(
            configuration(WriteBehind.builder().maxQueued(8).batchSize(3).linger(Duration.ZERO))
                .maxEntries(5));
    cache.archive(faulty.archive());
    Map<String, Integer> expected = new TreeMap<>();
    Crew.together(
        4,
        thread -> {
          Random random = new Random(seed + thread);
          Map<String, Integer> own = new TreeMap<>();
          for (int i = 0; i < 2_000; i++) {
            String key = thread + " " + random.nextInt(10);
            if (random.nextInt(4) == 0) {
              assertEquals(own.remove(key) != null, cache.remove(key));
            } else {
              own.put(key, i);
              cache.put(key, i);
            }
            String other = thread + " " + random.nextInt(10);
            assertEquals(own.get(other), cache.get(other), "reads see queued writes");
          }
          synchronized (expected) {
            expected.putAll(own);
          }
        });
    cache.dump();
    assertEquals(expected, archived());
  }
}
