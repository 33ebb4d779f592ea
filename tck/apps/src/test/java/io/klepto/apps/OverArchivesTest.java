package io.klepto.apps;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveLoader;
import io.klepto.archive.ArchiveWriter;
import io.klepto.archive.Archives;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every provider, reading and writing through to every archive that keeps what it is given. */
@ParameterizedClass(name = "{0} over {1}")
@MethodSource("pairs")
final class OverArchivesTest {
  private static final String[] READS = {"getAll", "get", "map"};

  @Parameter(0)
  private Provider provider;

  @Parameter(1)
  private Backend backend;

  @TempDir private Path folder;

  private URI location;
  private ArchiveConfiguration<String, Object> archived;

  static Stream<Arguments> pairs() {
    return Arrays.stream(Provider.values())
        .flatMap(provider -> Backend.present().map(backend -> Arguments.of(provider, backend)));
  }

  @BeforeEach
  void locate() {
    location = backend.location(folder);
    archived =
        backend
            .configure(ArchiveConfiguration.builder(String.class, Object.class))
            .namespace("results")
            .build();
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private MutableConfiguration<String, Object> configuration() {
    return new MutableConfiguration<String, Object>()
        .setTypes(String.class, Object.class)
        .setStoreByValue(false)
        .setReadThrough(true)
        .setWriteThrough(true)
        .setCacheLoaderFactory(ArchiveLoader.factory(location, archived))
        .setCacheWriterFactory(ArchiveWriter.factory(location, archived));
  }

  private MutableConfiguration<String, Object> over(WatchedStore store) {
    Archive<String, Object> archive = Archives.over(store.store(), archived);
    return configuration()
        .setCacheLoaderFactory(() -> ArchiveLoader.over(archive))
        .setCacheWriterFactory(() -> ArchiveWriter.over(archive));
  }

  private Cache<String, Object> open(CompleteConfiguration<String, Object> configuration) {
    return provider.manager().createCache("results", configuration);
  }

  private Cache<String, Object> open() {
    return open(configuration());
  }

  private Cache<String, Object> restart() {
    provider.close();
    return open();
  }

  private Map<String, Object> archived() {
    try (Archive<String, Object> archive = Archives.open(location, archived)) {
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
    cache.putAll(new HashMap<>(Map.of("b", "two", "c", List.of(3L, 3.5))));
    cache = restart();
    assertFalse(cache.containsKey("a"), "memory begins empty");
    assertEquals(1, cache.get("a"));
    assertEquals(
        Map.of("a", 1, "b", "two", "c", List.of(3L, 3.5)),
        cache.getAll(new HashSet<>(Set.of("a", "b", "c", "x"))));
    assertNull(cache.get("x"));
  }

  @Test
  void remove_archivedEntry_removesItThere() {
    open().putAll(new HashMap<>(Map.of("a", 1, "b", 2, "c", 3)));
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
  void bulkCalls_manyKeys_areOneBatchAtTheStore() throws Exception {
    try (Archive<String, Object> archive = Archives.open(location, archived)) {
      WatchedStore store = new WatchedStore(archive.store());
      Cache<String, Object> cache = open(over(store));
      Map<String, Object> many =
          IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "key " + i, i -> i));
      Set<String> asked = new HashSet<>(many.keySet());
      asked.add("no such");
      long one = provider.has(Deviation.SPLITS_BATCHES) ? 100 : 1;
      long oneOfAsked = provider.has(Deviation.SPLITS_BATCHES) ? 101 : 1;

      cache.putAll(many);
      assertEquals(one, store.calls("putAll", "put"));
      assertEquals(many, archived());

      cache.clear();
      assertEquals(many, cache.getAll(asked));
      assertEquals(provider.has(Deviation.SPLITS_GET_ALL) ? 101 : oneOfAsked, store.calls(READS));

      cache.clear();
      CompletionListenerFuture loaded = new CompletionListenerFuture();
      cache.loadAll(asked, true, loaded);
      loaded.get();
      assertEquals(oneOfAsked, store.calls(READS));
      assertTrue(cache.containsKey("key 0"));

      cache.removeAll(many.keySet());
      assertEquals(one, store.calls("removeAll", "remove"));
      cache.close();
      assertEquals(0, archive.size(), "a writer over an archive leaves it open");
    }
  }

  @Test
  void putAll_someCantBeEncoded_leavesExactlyTheUnfinished() {
    Unfinished unfinished = new Unfinished(ArchiveWriter.factory(location, archived).create());
    Cache<String, Object> cache = open(configuration().setCacheWriterFactory(() -> unfinished));
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("a", 1);
    entries.put("bad", new Thread("never started"));
    entries.put("b", 2);
    entries.put("worse", new Object());
    assertBatchFails(() -> cache.putAll(entries));
    if (provider.has(Deviation.STOPS_AT_THE_FIRST_FAILURE)) {
      assertEquals(Map.of("a", 1), archived());
    } else {
      assertEquals(Set.of("bad", "worse"), unfinished.keys());
      assertEquals(Map.of("a", 1, "b", 2), archived());
    }
    assertEquals(archived(), inMemory(cache));
  }

  @Test
  void putAll_storeFailsForSome_leavesExactlyTheUnfinished() {
    try (Archive<String, Object> archive = Archives.open(location, archived)) {
      WatchedStore store = new WatchedStore(archive.store());
      Unfinished unfinished = unfinished(store);
      Cache<String, Object> cache = open(over(store).setCacheWriterFactory(() -> unfinished));
      store.fail("b");
      store.fail("d");
      assertBatchFails(() -> cache.putAll(fiveEntries()));
      if (provider.has(Deviation.STOPS_AT_THE_FIRST_FAILURE)) {
        assertEquals(Map.of("a", 1), archived());
      } else {
        assertEquals(Set.of("b", "d"), unfinished.keys());
        assertEquals(Map.of("a", 1, "c", 3, "e", 5), archived());
      }
      assertEquals(archived(), inMemory(cache));
      store.repair();
      cache.putAll(fiveEntries());
      assertEquals(fiveEntries(), archived());
    }
  }

  @Test
  void removeAll_storeFailsForSome_leavesExactlyTheUnfinished() {
    try (Archive<String, Object> archive = Archives.open(location, archived)) {
      WatchedStore store = new WatchedStore(archive.store());
      Unfinished unfinished = unfinished(store);
      Cache<String, Object> cache = open(over(store).setCacheWriterFactory(() -> unfinished));
      cache.putAll(fiveEntries());
      store.fail("b");
      store.fail("d");
      assertBatchFails(() -> cache.removeAll(fiveEntries().keySet()));
      if (provider.has(Deviation.STOPS_AT_THE_FIRST_FAILURE)) {
        assertEquals(Map.of("b", 2, "c", 3, "d", 4, "e", 5), archived());
      } else {
        assertEquals(Set.of("b", "d"), unfinished.keys());
        assertEquals(Map.of("b", 2, "d", 4), archived());
      }
      assertEquals(archived(), inMemory(cache));
    }
  }

  private static Map<String, Object> fiveEntries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (String key : List.of("a", "b", "c", "d", "e")) {
      entries.put(key, entries.size() + 1);
    }
    return entries;
  }

  private Unfinished unfinished(WatchedStore store) {
    return new Unfinished(ArchiveWriter.over(Archives.over(store.store(), archived)));
  }

  private void assertBatchFails(Executable call) {
    if (provider.has(Deviation.HIDES_FAILED_BATCHES)) {
      assertDoesNotThrow(call);
    } else {
      assertThrows(CacheWriterException.class, call);
    }
  }

  private static Map<String, Object> inMemory(Cache<String, Object> cache) {
    Map<String, Object> entries = new HashMap<>();
    cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  @Test
  void put_storeFails_changesNothing() {
    try (Archive<String, Object> archive = Archives.open(location, archived)) {
      WatchedStore store = new WatchedStore(archive.store());
      Cache<String, Object> cache = open(over(store));
      cache.put("a", 1);
      store.fail("a");
      assertThrows(CacheWriterException.class, () -> cache.put("a", 2));
      assertThrows(CacheWriterException.class, () -> cache.remove("a"));
      assertEquals(1, cache.get("a"));
      assertEquals(Map.of("a", 1), archived());
    }
  }

  @Test
  void immutableCollections_areTakenUnlessTheProviderAsksThemForNull() {
    Cache<String, Object> cache = open();
    if (provider.has(Deviation.REFUSES_IMMUTABLE_MAPS)) {
      assertThrows(NullPointerException.class, () -> cache.putAll(Map.of("a", 1)));
    } else {
      cache.putAll(Map.of("a", 1));
      assertEquals(1, cache.get("a"));
    }
    if (provider.has(Deviation.REFUSES_IMMUTABLE_SETS)) {
      assertThrows(NullPointerException.class, () -> cache.getAll(Set.of("a")));
    } else {
      cache.getAll(Set.of("a"));
    }
  }

  @Test
  void configuration_serialized_opensTheSameArchive() throws Exception {
    open(copy(configuration())).put("a", 1);
    provider.close();
    Cache<String, Object> cache = open(copy(configuration()));
    assertEquals(1, cache.get("a"));
    assertEquals(Map.of("a", 1), archived());
  }

  private static MutableConfiguration<String, Object> copy(
      MutableConfiguration<String, Object> configuration)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked") // what was written
      MutableConfiguration<String, Object> copy =
          (MutableConfiguration<String, Object>) in.readObject();
      assertNotSame(configuration.getCacheLoaderFactory(), copy.getCacheLoaderFactory());
      assertEquals(configuration.getCacheLoaderFactory(), copy.getCacheLoaderFactory());
      assertEquals(configuration.getCacheWriterFactory(), copy.getCacheWriterFactory());
      return copy;
    }
  }
}
