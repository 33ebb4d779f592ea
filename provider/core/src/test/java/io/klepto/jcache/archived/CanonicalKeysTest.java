package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.KleptoConfiguration;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With an archive, canonical bytes define equality in memory too. */
final class CanonicalKeysTest {
  private final Run run = new Run();

  @AfterEach
  void closeRun() {
    run.close();
  }

  private <K> KleptoCache<K, String> open(Class<K> keyType) {
    return run.cache(
        KleptoConfiguration.builder(keyType, String.class).archive(URI.create("dict:/")));
  }

  @Test
  void listsOfEqualContent_areOneEntry() {
    KleptoCache<List<?>, String> cache = open(cast(List.class));
    cache.put(List.of(1, 2), "first");
    cache.put(new ArrayList<>(List.of(1, 2)), "second");
    assertEquals(1, cache.info().size());
    assertEquals("second", cache.get(Arrays.asList(1, 2)));
    assertEquals(1, cache.archive().orElseThrow().size());
  }

  @SuppressWarnings("unchecked") // a class literal can't carry the element type
  private static <T> Class<T> cast(Class<?> type) {
    return (Class<T>) type;
  }

  @Test
  void arrays_areComparedByContent() {
    KleptoCache<int[], String> cache = open(int[].class);
    cache.put(new int[] {1, 2}, "first");
    assertTrue(cache.containsKey(new int[] {1, 2}));
    assertFalse(cache.containsKey(new int[] {2, 1}));
    assertEquals("first", cache.getAndPut(new int[] {1, 2}, "second"));
    assertEquals(1, cache.info().size());
    int[] asked = {1, 2};
    assertEquals("second", cache.getAll(Set.of(asked)).get(asked), "under the key asked for");
    assertTrue(cache.remove(new int[] {1, 2}));
    assertEquals(0, cache.info().size());
  }

  @Test
  void putAll_keysOfEqualBytes_lastWinsInBothTiers() {
    KleptoCache<int[], String> cache = open(int[].class);
    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // two keys for the map, one for the cache
    Map<int[], String> entries = new LinkedHashMap<>();
    entries.put(new int[] {1}, "first");
    entries.put(new int[] {1}, "last");
    cache.putAll(entries);
    assertEquals("last", cache.get(new int[] {1}));
    cache.evictAll(true);
    assertEquals("last", cache.get(new int[] {1}));
    assertEquals(1, cache.archive().orElseThrow().size());
  }

  @Test
  void getAll_keysOfEqualBytes_answersUnderEach() {
    KleptoCache<int[], String> cache = open(int[].class);
    cache.put(new int[] {1}, "one");
    int[] a = {1};
    int[] b = {1};
    assertEquals(Map.of(a, "one", b, "one"), cache.getAll(Set.of(a, b)));
    cache.evictAll(true);
    assertEquals(Map.of(a, "one", b, "one"), cache.getAll(Set.of(a, b)), "from the archive");
  }

  @Test
  void removeAll_keysOfEqualBytes_removesTheEntry() {
    KleptoCache<int[], String> cache = open(int[].class);
    cache.put(new int[] {1}, "one");
    int[] a = {1};
    int[] b = {1};
    cache.removeAll(Set.of(a, b));
    assertNull(cache.get(new int[] {1}));
    assertEquals(0, cache.archive().orElseThrow().size());
  }

  @Test
  void iterator_wrappedKeyInMemory_givesTheOriginalKey() {
    KleptoCache<int[], String> cache = open(int[].class);
    int[] key = {3, 4};
    cache.put(key, "value");
    assertArrayEquals(new int[] {3, 4}, onlyKey(cache));
    assertNotSame(key, onlyKey(cache), "by value");
  }

  @Test
  void iterator_archivedKey_givesTheOriginalKey() {
    KleptoCache<Object, String> cache = open(Object.class);
    cache.put(new ArrayList<>(List.of("a", 1L)), "value");
    cache.evictAll(true);
    Object key = onlyKey(cache);
    assertEquals(List.of("a", 1L), assertInstanceOf(ArrayList.class, key));
  }

  @Test
  void mutatedKey_afterPut_doesNotReachTheCache() {
    KleptoCache<Object, String> cache = open(Object.class);
    List<String> key = new ArrayList<>(List.of("a"));
    cache.put(key, "value");
    key.add("b");
    assertNull(cache.get(key));
    assertEquals("value", cache.get(List.of("a")));
    assertEquals(List.of("a"), onlyKey(cache));
  }

  @Test
  void keysOfOtherTypes_areOtherEntries() {
    KleptoCache<Object, String> cache = open(Object.class);
    Set<Object> keys = new HashSet<>(List.of(1, 1L, "1", '1', 1.0, List.of(1), Set.of(1)));
    for (Object key : keys) {
      cache.put(key, key.getClass().getName());
    }
    cache.evictAll(true);
    for (Object key : keys) {
      assertEquals(key.getClass().getName(), cache.get(key));
    }
  }

  private static <K> K onlyKey(Cache<K, String> cache) {
    List<K> keys = new ArrayList<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    assertEquals(1, keys.size());
    return keys.get(0);
  }
}
