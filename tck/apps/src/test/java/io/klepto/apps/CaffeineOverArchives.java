package io.klepto.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveLoader;
import io.klepto.archive.ArchiveWriter;
import io.klepto.archive.Archives;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caffeine's JCache provider, reading and writing through to an archive. */
abstract class CaffeineOverArchives {
  private final ArchiveConfiguration<String, Object> archived =
      ArchiveConfiguration.builder(String.class, Object.class).namespace("results").build();

  /** Returns the container of this test. */
  abstract URI location();

  @AfterEach
  void closeProvider() {
    Providers.close(Providers.CAFFEINE);
  }

  private MutableConfiguration<String, Object> configuration() {
    return new MutableConfiguration<String, Object>()
        .setTypes(String.class, Object.class)
        .setStoreByValue(false)
        .setReadThrough(true)
        .setWriteThrough(true)
        .setCacheLoaderFactory(ArchiveLoader.factory(location(), archived))
        .setCacheWriterFactory(ArchiveWriter.factory(location(), archived));
  }

  private Cache<String, Object> open() {
    Cache<String, Object> cache =
        Providers.manager(Providers.CAFFEINE).createCache("results", configuration());
    assertTrue(
        cache.getClass().getName().startsWith("com.github.benmanes.caffeine."),
        cache.getClass().getName());
    return cache;
  }

  private Cache<String, Object> restart() {
    Providers.close(Providers.CAFFEINE);
    return open();
  }

  private Map<String, Object> archived() {
    try (Archive<String, Object> archive = Archives.open(location(), archived)) {
      return archive.getAll(archive.keys());
    }
  }

  @Test
  void put_returned_isInTheArchive() {
    open().put("a", 1);
    assertEquals(Map.of("a", 1), archived());
  }

  @Test
  void restart_filledCache_keepsTheEntries() {
    Cache<String, Object> cache = open();
    cache.put("a", 1);
    cache.putAll(Map.of("b", "two", "c", 3L));
    cache = restart();
    assertFalse(cache.containsKey("a"), "memory begins empty");
    assertEquals(1, cache.get("a"));
    assertEquals(Map.of("a", 1, "b", "two", "c", 3L), cache.getAll(Set.of("a", "b", "c", "x")));
    assertNull(cache.get("x"));
  }

  @Test
  void remove_archivedEntry_removesItThere() {
    open().putAll(Map.of("a", 1, "b", 2, "c", 3));
    Cache<String, Object> cache = restart();
    cache.remove("a");
    cache.removeAll(Set.of("b"));
    assertEquals(Map.of("c", 3), archived());
    assertNull(cache.get("a"));
  }

  @Test
  void invoke_archivedEntry_loadsAndWritesIt() {
    open().put("a", 1);
    Cache<String, Object> cache = restart();
    cache.invoke(
        "a",
        (entry, arguments) -> {
          entry.setValue((Integer) entry.getValue() + 1);
          return null;
        });
    assertEquals(Map.of("a", 2), archived());
  }

  @Test
  void getAllAndPutAll_manyKeys_areOneBatchAtTheStore() {
    try (Archive<String, Object> archive = Archives.open(location(), archived)) {
      CountingStore counting = new CountingStore(archive.store());
      Archive<String, Object> counted = Archives.over(counting.store(), archived);
      Cache<String, Object> cache =
          Providers.manager(Providers.CAFFEINE)
              .createCache(
                  "results",
                  configuration()
                      .setCacheLoaderFactory(() -> ArchiveLoader.over(counted))
                      .setCacheWriterFactory(() -> ArchiveWriter.over(counted)));
      Map<String, Object> many =
          IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "key " + i, i -> i));
      cache.putAll(many);
      assertEquals(1, counting.calls("putAll"));
      assertEquals(0, counting.calls("put"));
      cache.clear();
      Set<String> asked = new HashSet<>(many.keySet());
      asked.add("no such");
      assertEquals(many, cache.getAll(asked));
      assertEquals(1, counting.calls("getAll"));
      assertEquals(0, counting.calls("get"));
      cache.removeAll(many.keySet());
      assertEquals(1, counting.calls("removeAll"));
      cache.close();
      assertEquals(0, archive.size(), "a writer over an archive leaves it open");
    }
  }

  @Test
  void putAll_someCantBeArchived_leavesExactlyTheUnfinished() {
    Unfinished unfinished = new Unfinished(ArchiveWriter.factory(location(), archived).create());
    Cache<String, Object> cache =
        Providers.manager(Providers.CAFFEINE)
            .createCache("results", configuration().setCacheWriterFactory(() -> unfinished));
    Map<String, Object> entries =
        Map.of("a", 1, "bad", new Thread("never started"), "b", 2, "worse", new Object());
    CacheWriterException failure =
        assertThrows(CacheWriterException.class, () -> cache.putAll(entries));
    assertTrue(failure.toString().contains("2 of 4 keys"), failure.toString());
    assertEquals(Set.of("bad", "worse"), unfinished.keys());
    assertEquals(Map.of("a", 1, "b", 2), archived());
    assertEquals(Map.of("a", 1, "b", 2), cache.getAll(entries.keySet()));
  }
}
