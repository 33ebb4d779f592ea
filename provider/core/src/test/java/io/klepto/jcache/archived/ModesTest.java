package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.jcache.Crew;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.jcache.config.WriteBehind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is the same in all archive modes, and the few lines in which they differ. */
@Timeout(120)
final class ModesTest {
  private final FaultyStore faulty = FaultyStore.empty();
  private final RecordingWriter writer = new RecordingWriter();
  private final ConcurrentLinkedQueue<String> computed = new ConcurrentLinkedQueue<>();
  private final Run run = new Run();

  @AfterEach
  void closeRun() {
    faulty.heal();
    run.close();
  }

  private KleptoConfigurationBuilder<String, Integer> configuration(ArchiveMode mode) {
    return KleptoConfiguration.builder(String.class, Integer.class)
        .writeBehind(
            WriteBehind.builder()
                .linger(Duration.ZERO)
                .retries(0, Duration.ZERO, Duration.ZERO)
                .build())
        .archiveMode(mode);
  }

  private KleptoCache<String, Integer> open(KleptoConfigurationBuilder<String, Integer> builder) {
    KleptoCache<String, Integer> cache = run.cache(builder);
    cache.archive(faulty.archive());
    return cache;
  }

  private KleptoCache<String, Integer> withLoaderAndWriter(ArchiveMode mode) {
    return open(
        configuration(mode)
            .loading(
                key -> {
                  computed.add(key);
                  return key.length();
                })
            .writer(() -> writer));
  }

  private Map<String, Integer> archived() {
    Archive<String, Integer> archive = faulty.soundArchive();
    return new TreeMap<>(archive.getAll(archive.keys()));
  }

  @ParameterizedTest
  @EnumSource(ArchiveMode.class)
  void reads_goFromMemoryToArchiveToLoader(ArchiveMode mode) {
    KleptoCache<String, Integer> cache = withLoaderAndWriter(mode);
    faulty.soundArchive().put("archived", 100);
    boolean manual = mode == ArchiveMode.MANUAL;
    assertEquals(manual ? 8 : 100, cache.get("archived"));
    assertEquals(3, cache.get("one"));
    assertEquals(Map.of("one", 3, "three", 5), cache.getAll(Set.of("one", "three")));
    assertEquals(5, cache.<Integer>invoke("seven", (entry, arguments) -> entry.getValue()));
    assertEquals(
        manual ? List.of("archived", "one", "three", "seven") : List.of("one", "three", "seven"),
        List.copyOf(computed));
    assertEquals(List.of(), writer.calls, "what was loaded is not for the writer");
    cache.dump();
    assertEquals(
        Map.of("archived", manual ? 8 : 100, "one", 3, "three", 5, "seven", 5), archived());
  }

  @ParameterizedTest
  @EnumSource(ArchiveMode.class)
  void writes_goToTheWriterFirst(ArchiveMode mode) {
    KleptoCache<String, Integer> cache = withLoaderAndWriter(mode);
    cache.put("a", 1);
    cache.remove("a");
    cache.put("b", 2);
    assertEquals(List.of("write a=1", "delete a", "write b=2"), writer.calls);
    writer.refused = Set.of("b", "c");
    assertThrows(CacheException.class, () -> cache.put("b", 3));
    assertThrows(CacheException.class, () -> cache.put("c", 3));
    assertEquals(2, cache.lookup("b"));
    cache.dump();
    assertEquals(Map.of("b", 2), archived());
  }

  @ParameterizedTest
  @EnumSource(ArchiveMode.class)
  void loadAll_replacing_bypassesTheArchive(ArchiveMode mode) throws Exception {
    KleptoCache<String, Integer> cache = withLoaderAndWriter(mode);
    cache.put("one", 100);
    faulty.fail(FaultyStore.READS);
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("one"), true, done);
    done.get();
    faulty.heal();
    assertEquals(3, cache.get("one"));
    cache.dump();
    assertEquals(Map.of("one", 3), archived());
  }

  @ParameterizedTest
  @EnumSource(ArchiveMode.class)
  void manyThreads_oneKey_isComputedOnce(ArchiveMode mode) throws Exception {
    KleptoCache<String, Integer> cache = withLoaderAndWriter(mode);
    for (int round = 0; round < 20; round++) {
      String key = "key " + round;
      Crew.together(
          4,
          thread -> {
            if (thread == 0) {
              assertEquals(Map.of(key, key.length()), cache.getAll(Set.of(key)));
            } else {
              assertEquals(key.length(), cache.get(key));
            }
          });
    }
    assertEquals(20, computed.size());
  }

  @ParameterizedTest
  @EnumSource(ArchiveMode.class)
  void archiveCannotBeRead_throwsOrIsAMissWhereItIsSafe(ArchiveMode mode) {
    faulty.soundArchive().put("a", 1);
    faulty.fail(FaultyStore.READS);
    KleptoCache<String, Integer> cache = open(configuration(mode).statistics(true));
    KleptoCache<String, Integer> safe =
        run.cache("safe", configuration(mode).failure(Failure.BYPASS).statistics(true));
    safe.archive(faulty.archive());
    if (mode == ArchiveMode.MANUAL) {
      assertNull(cache.get("a"));
      assertNull(safe.get("a"));
      assertEquals(0, safe.info().bypasses());
      return;
    }
    CacheLoaderException failure = assertThrows(CacheLoaderException.class, () -> cache.get("a"));
    assertInstanceOf(ArchiveException.class, failure.getCause());
    assertThrows(CacheLoaderException.class, () -> cache.containsKey("a"));
    assertThrows(CacheLoaderException.class, () -> cache.getAll(Set.of("a")));
    try (CapturedWarnings warnings = new CapturedWarnings("io.klepto.jcache.SafeCache")) {
      assertNull(safe.get("a"));
      assertEquals(Map.of(), safe.getAll(Set.of("a")));
      assertEquals(1, warnings.records().size());
    }
    assertTrue(safe.info().bypasses() >= 2);
    faulty.heal();
    assertEquals(1, cache.get("a"));
    assertEquals(1, safe.get("a"));
  }

  @ParameterizedTest
  @EnumSource(ArchiveMode.class)
  void archiveCannotBeWritten_memoryAndArchiveAgreeAfterwards(ArchiveMode mode) {
    KleptoCache<String, Integer> cache = open(configuration(mode));
    cache.put("a", 1);
    cache.dump();
    faulty.fail(FaultyStore.WRITES);
    boolean throwsAtOnce = mode == ArchiveMode.WRITE_THROUGH;
    if (throwsAtOnce) {
      assertThrows(CacheException.class, () -> cache.put("a", 2));
    } else {
      cache.put("a", 2);
      assertThrows(CacheException.class, cache::dump);
    }
    int expected = throwsAtOnce ? 1 : 2;
    assertEquals(expected, cache.get("a"));
    faulty.heal();
    cache.dump();
    assertEquals(Map.of("a", expected), archived());
    cache.evictAll(true);
    cache.load();
    assertEquals(expected, cache.lookup("a"));
  }

  @ParameterizedTest
  @EnumSource(value = ArchiveMode.class, mode = EnumSource.Mode.EXCLUDE, names = "MANUAL")
  void close_amongOperations_losesNothingAcknowledged(ArchiveMode mode) throws Exception {
    long seed = new Random().nextLong();
    System.out.println("ModesTest " + mode + " seed " + seed);
    for (int round = 0; round < 15; round++) {
      FaultyStore store = FaultyStore.empty();
      KleptoCache<String, Integer> cache =
          run.cache(configuration(mode).maxEntries(round % 2 == 0 ? 6 : 1_000));
      cache.archive(store.archive());
      AtomicInteger calls = new AtomicInteger();
      Map<String, Integer> acknowledged = new TreeMap<>();
      Map<String, Integer> unanswered = new TreeMap<>();
      long roundSeed = seed + 31L * round;
      Crew.together(
          5,
          thread -> {
            if (thread == 0) {
              Crew.await("the others to be at work", () -> calls.get() > 150);
              cache.close();
              return;
            }
            Random random = new Random(roundSeed + thread);
            Map<String, Integer> own = new TreeMap<>();
            String key = "";
            int i = 0;
            try {
              for (; ; i++) {
                calls.incrementAndGet();
                key = thread + " " + random.nextInt(10);
                int value = i;
                switch (random.nextInt(4)) {
                  case 0 -> cache.putAll(Map.of(key, value));
                  case 1 ->
                      cache.invoke(
                          key,
                          (entry, arguments) -> {
                            entry.setValue(value);
                            return null;
                          });
                  case 2 -> assertEquals(own.get(key), cache.getAndPut(key, value));
                  default -> cache.put(key, value);
                }
                own.put(key, i);
              }
            } catch (IllegalStateException e) {
              assertTrue(cache.isClosed(), () -> "before the end: " + e);
            }
            synchronized (acknowledged) {
              acknowledged.putAll(own);
              unanswered.put(key, i);
            }
          });
      Archive<String, Integer> archive = store.soundArchive();
      for (Map.Entry<String, Integer> entry : acknowledged.entrySet()) {
        Integer found = archive.get(entry.getKey());
        if (!entry.getValue().equals(found)) {
          assertEquals(
              unanswered.get(entry.getKey()), found, "round " + round + ", key " + entry.getKey());
        }
      }
    }
  }
}
