package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A standard cache whose archive fails: what is thrown, and what is left. */
final class ArchiveFailureTest {
  private final FaultyStore faulty = FaultyStore.empty();
  private final Run run = new Run();
  private KleptoCache<String, Integer> cache;

  @BeforeEach
  void open() {
    cache =
        run.cache(
            KleptoConfiguration.builder(String.class, Integer.class)
                .statistics(true)
                .archiveMode(ArchiveMode.WRITE_THROUGH));
    cache.archive(faulty.archive());
    cache.put("a", 1);
    cache.put("b", 2);
  }

  @AfterEach
  void closeRun() {
    faulty.heal();
    run.close();
  }

  /** An operation by its name. */
  private record Operation(String name, Work work) {
    void on(KleptoCache<String, Integer> cache) {
      work.on(cache);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What is done with a cache. */
  @FunctionalInterface
  private interface Work {
    void on(KleptoCache<String, Integer> cache);
  }

  static Stream<Operation> reads() {
    return Stream.of(
        new Operation("get", cache -> cache.get("a")),
        new Operation("getAll", cache -> cache.getAll(Set.of("a", "x"))),
        new Operation("containsKey", cache -> cache.containsKey("a")),
        new Operation("iterator", cache -> cache.iterator().next()),
        new Operation("removeAll", cache -> cache.removeAll()),
        new Operation("putIfAbsent", cache -> cache.putIfAbsent("a", 9)),
        new Operation("getAndPut", cache -> cache.getAndPut("a", 9)),
        new Operation("getAndRemove", cache -> cache.getAndRemove("a")),
        new Operation("getAndReplace", cache -> cache.getAndReplace("a", 9)),
        new Operation("replace", cache -> cache.replace("a", 9)),
        new Operation("replace old", cache -> cache.replace("a", 1, 9)),
        new Operation("remove old", cache -> cache.remove("a", 1)),
        new Operation("removeAll keys", cache -> cache.removeAll(Set.of("a"))),
        new Operation("load", cache -> cache.load()),
        new Operation("load keys", cache -> cache.load(Set.of("a"))),
        new Operation("sync", cache -> cache.sync(false)),
        new Operation("invoke", cache -> cache.invoke("a", (entry, arguments) -> null)));
  }

  @ParameterizedTest
  @MethodSource("reads")
  void read_archiveFails_throwsItsFailureAndChangesNothing(Operation operation) {
    cache.evictAll(true);
    faulty.fail(FaultyStore.READS);
    CacheLoaderException failure =
        assertThrows(CacheLoaderException.class, () -> operation.on(cache));
    assertInstanceOf(ArchiveException.class, failure.getCause());
    assertTrue(failure.getMessage().contains("archive faulty"), failure.getMessage());
    faulty.heal();
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertEquals(Map.of("a", 1, "b", 2), WriteThroughContract.walk(cache));
  }

  @Test
  void get_inMemory_needsNoArchive() {
    faulty.fail(FaultyStore.READS);
    assertEquals(1, cache.get("a"));
    assertEquals(Map.of("a", 1, "b", 2), cache.getAll(Set.of("a", "b")));
    assertTrue(cache.containsKey("b"));
  }

  @Test
  @Timeout(60)
  void loadAll_archiveFails_tellsTheListener() {
    cache.evictAll(true);
    faulty.fail(FaultyStore.READS);
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("a"), false, done);
    ExecutionException failure = assertThrows(ExecutionException.class, done::get);
    assertInstanceOf(CacheLoaderException.class, failure.getCause());
  }

  @Test
  void invokeAll_archiveFails_isTheResultOfThatKey() {
    cache.evictAll(true);
    cache.get("b");
    faulty.fail(FaultyStore.READS);
    var results = cache.<Integer>invokeAll(Set.of("a", "b"), (entry, given) -> entry.getValue());
    assertEquals(2, results.get("b").get());
    CacheException failure = assertThrows(CacheException.class, () -> results.get("a").get());
    assertTrue(failure.toString().contains("archive faulty"), failure.toString());
  }

  /** Without sync, after which memory may hold what the archive does not. */
  static Stream<Operation> writesOfEntries() {
    return writes().filter(operation -> !operation.name().equals("sync"));
  }

  @Test
  void sync_clearingFailsAfterwards_canBeRepeated() {
    faulty.failAfterwards(FaultyStore.WRITES);
    assertThrows(CacheWriterException.class, () -> cache.sync(true));
    faulty.heal();
    cache.dump();
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertAgreement();
  }

  static Stream<Operation> writes() {
    return Stream.of(
        new Operation("put", cache -> cache.put("a", 9)),
        new Operation("putAll", cache -> cache.putAll(Map.of("a", 9, "b", 9, "c", 9))),
        new Operation("getAndPut", cache -> cache.getAndPut("a", 9)),
        new Operation("replace", cache -> cache.replace("a", 9)),
        new Operation("putIfAbsent", cache -> cache.putIfAbsent("c", 9)),
        new Operation("remove", cache -> cache.remove("a")),
        new Operation("remove old", cache -> cache.remove("a", 1)),
        new Operation("getAndRemove", cache -> cache.getAndRemove("a")),
        new Operation("removeAll", cache -> cache.removeAll()),
        new Operation("removeAll keys", cache -> cache.removeAll(Set.of("a", "b"))),
        new Operation("clear", cache -> cache.clear()),
        new Operation("sync", cache -> cache.sync(true)),
        new Operation(
            "invoke",
            cache ->
                cache.invoke(
                    "a",
                    (entry, arguments) -> {
                      entry.setValue(9);
                      return null;
                    })));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void write_archiveFails_throwsAndBothTiersAgree(Operation operation) {
    faulty.fail(FaultyStore.WRITES);
    CacheWriterException failure =
        assertThrows(CacheWriterException.class, () -> operation.on(cache));
    assertInstanceOf(ArchiveException.class, failure.getCause());
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertAgreement();
    faulty.heal();
    operation.on(cache);
    assertAgreement();
  }

  @ParameterizedTest
  @MethodSource("writesOfEntries")
  void write_archiveFailsAfterwards_throwsAndBothTiersAgree(Operation operation) {
    faulty.failAfterwards(FaultyStore.WRITES);
    assertThrows(CacheWriterException.class, () -> operation.on(cache));
    faulty.heal();
    assertAgreement();
  }

  @Test
  void putAll_archiveFailsForSome_writesTheOthersInBothTiers() {
    faulty.failWritesOf("b");
    CacheWriterException failure =
        assertThrows(
            CacheWriterException.class, () -> cache.putAll(Map.of("a", 10, "b", 20, "c", 30)));
    assertInstanceOf(ArchiveException.class, failure.getCause());
    assertEquals(Map.of("a", 10, "b", 2, "c", 30), archived());
    assertAgreement();
  }

  @Test
  void removeAll_archiveFailsForSome_removesTheOthersInBothTiers() {
    faulty.failWritesOf("b");
    assertThrows(CacheWriterException.class, () -> cache.removeAll());
    assertEquals(Map.of("b", 2), archived());
    assertAgreement();
  }

  @Test
  void get_computedValueCantBeArchived_throwsAndKeepsNothing() {
    try (Run other = new Run()) {
      KleptoCache<String, Integer> computing =
          other.cache(
              KleptoConfiguration.builder(String.class, Integer.class)
                  .archiveMode(ArchiveMode.WRITE_THROUGH)
                  .loading(String::length));
      computing.archive(faulty.archive());
      faulty.fail(FaultyStore.WRITES);
      assertThrows(CacheWriterException.class, () -> computing.get("one"));
      assertNull(computing.lookup("one"));
      faulty.heal();
      assertEquals(3, computing.get("one"));
      assertEquals(3, archived().get("one"));
    }
  }

  @Test
  void keysOfFailedCalls_areNotLockedOrLeftBehind() {
    List<Executable> calls =
        List.of(
            () -> cache.put("new", 1),
            () -> cache.putAll(Map.of("new", 1)),
            () -> cache.getAndPut("new", 1));
    faulty.fail(FaultyStore.WRITES);
    for (Executable call : calls) {
      assertThrows(CacheWriterException.class, call);
    }
    assertEquals(2, cache.info().size());
    assertFalse(cache.containsKey("new"));
  }

  @Test
  void close_archiveFails_closesTheCacheAllTheSame() {
    faulty.fail(Set.of("close"));
    CacheException failure = assertThrows(CacheException.class, cache::close);
    assertTrue(failure.getMessage().contains("results"), failure.getMessage());
    assertTrue(cache.isClosed());
    assertNull(run.manager().getCache("results"));
    open();
  }

  private Map<String, Integer> archived() {
    Archive<String, Integer> archive = faulty.soundArchive();
    return new TreeMap<>(archive.getAll(archive.keys()));
  }

  private void assertAgreement() {
    Map<String, Integer> archived = archived();
    assertEquals(archived, WriteThroughContract.walk(cache));
    assertEquals(archived, cache.getAll(Set.of("a", "b", "c")));
    cache.evictAll(true);
    assertEquals(archived, cache.getAll(Set.of("a", "b", "c")));
  }
}
