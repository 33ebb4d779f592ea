package io.klepto.jcache.keyed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.Listeners;
import io.klepto.jcache.TestCaches;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.keymap.Keymaps;
import io.klepto.keymap.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Each operation of a cache whose keys are rounded to two digits, where 1.001 and 1.002 are one
 * key. Between the steps, {@link #pause} may move the entries to where the cache keeps them else.
 */
abstract class TransformedKeysContract {
  final TestCaches caches = new TestCaches();
  final List<String> log = new ArrayList<>();

  /** Adds what the cache of this run of the contract is made of. */
  abstract KleptoConfigurationBuilder<Double, String> with(
      KleptoConfigurationBuilder<Double, String> rounded);

  /** Happens between two steps of a test. */
  abstract void pause(KleptoCache<Double, String> cache);

  @AfterEach
  void closeCaches() {
    caches.close();
  }

  KleptoConfigurationBuilder<Double, String> rounded() {
    return with(
        KleptoConfiguration.builder(Double.class, String.class)
            .rounding(Rounding.simple(2))
            .keymap(Keymaps.hash()));
  }

  private KleptoCache<Double, String> holding(String value) {
    return holding(value, rounded());
  }

  /** Returns a cache that has the value under the key 1.001. */
  private KleptoCache<Double, String> holding(
      String value, KleptoConfigurationBuilder<Double, String> configuration) {
    KleptoCache<Double, String> cache = caches.create(configuration);
    cache.put(1.001, value);
    pause(cache);
    return cache;
  }

  private static Map<Double, String> contentOf(Cache<Double, String> cache) {
    Map<Double, String> content = new TreeMap<>();
    cache.forEach(entry -> assertNull(content.put(entry.getKey(), entry.getValue())));
    return content;
  }

  private static Set<Double> keys(Double... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }

  @Test
  void get_otherKeyOfTheSameEntry_findsIt() {
    KleptoCache<Double, String> cache = holding("one");
    assertEquals("one", cache.get(1.002));
    assertNull(cache.get(1.006));
  }

  @Test
  void getAll_severalKeysOfOneEntry_answersUnderEach() {
    KleptoCache<Double, String> cache = holding("one");
    assertEquals(
        Map.of(1.001, "one", 1.002, "one", 1.003, "one"),
        cache.getAll(Set.of(1.001, 1.002, 1.003, 2.0)));
  }

  @Test
  void containsKey_otherKeyOfTheSameEntry_isTrue() {
    KleptoCache<Double, String> cache = holding("one");
    assertTrue(cache.containsKey(1.002));
    assertFalse(cache.containsKey(1.006));
  }

  @Test
  void put_otherKeyOfTheSameEntry_replacesAndKeepsTheFirstKey() {
    KleptoCache<Double, String> cache = holding("one");
    cache.put(1.002, "two");
    pause(cache);
    assertEquals("two", cache.get(1.001));
    assertEquals(Map.of(1.001, "two"), contentOf(cache));
  }

  @Test
  void getAndPut_otherKeyOfTheSameEntry_givesTheOldValueAndKeepsTheFirstKey() {
    KleptoCache<Double, String> cache = holding("one");
    assertEquals("one", cache.getAndPut(1.002, "two"));
    pause(cache);
    assertEquals(Map.of(1.001, "two"), contentOf(cache));
  }

  @Test
  void putAll_severalKeysOfOneEntry_lastWins() {
    KleptoCache<Double, String> cache = caches.create(rounded());
    Map<Double, String> entries = new LinkedHashMap<>();
    entries.put(1.001, "first");
    entries.put(2.0, "other");
    entries.put(1.002, "last");
    cache.putAll(entries);
    pause(cache);
    assertEquals(Map.of(1.002, "last", 2.0, "other"), contentOf(cache));
    assertEquals("last", cache.get(1.001));
  }

  @Test
  void putAll_overAnEntry_keepsItsKey() {
    KleptoCache<Double, String> cache = holding("one");
    cache.putAll(Map.of(1.002, "two"));
    pause(cache);
    assertEquals(Map.of(1.001, "two"), contentOf(cache));
  }

  @Test
  void putIfAbsent_otherKeyOfTheSameEntry_isPresent() {
    KleptoCache<Double, String> cache = holding("one");
    assertFalse(cache.putIfAbsent(1.002, "two"));
    assertTrue(cache.putIfAbsent(1.006, "far"));
    pause(cache);
    assertEquals(Map.of(1.001, "one", 1.006, "far"), contentOf(cache));
  }

  @Test
  void replace_otherKeyOfTheSameEntry_replaces() {
    KleptoCache<Double, String> cache = holding("one");
    assertTrue(cache.replace(1.002, "two"));
    assertFalse(cache.replace(1.006, "far"));
    assertTrue(cache.replace(1.003, "two", "three"));
    assertFalse(cache.replace(1.003, "two", "four"));
    assertEquals("three", cache.getAndReplace(1.004, "four"));
    pause(cache);
    assertEquals(Map.of(1.001, "four"), contentOf(cache));
  }

  @Test
  void remove_otherKeyOfTheSameEntry_removesIt() {
    KleptoCache<Double, String> cache = holding("one");
    assertFalse(cache.remove(1.006));
    assertTrue(cache.remove(1.002));
    pause(cache);
    assertEquals(Map.of(), contentOf(cache));
    assertFalse(cache.containsKey(1.001));
  }

  @Test
  void removeOfValueAndGetAndRemove_otherKeyOfTheSameEntry_removeIt() {
    KleptoCache<Double, String> cache = holding("one");
    assertFalse(cache.remove(1.002, "two"));
    assertTrue(cache.remove(1.002, "one"));
    cache.put(1.001, "one");
    pause(cache);
    assertEquals("one", cache.getAndRemove(1.003));
    assertEquals(Map.of(), contentOf(cache));
  }

  @Test
  void put_afterRemove_beginsWithTheNewKey() {
    KleptoCache<Double, String> cache = holding("one");
    cache.remove(1.001);
    cache.put(1.002, "two");
    pause(cache);
    assertEquals(Map.of(1.002, "two"), contentOf(cache));
  }

  @Test
  void removeAll_severalKeysOfOneEntry_removesItOnce() {
    KleptoCache<Double, String> cache = holding("one", rounded().statistics(true));
    cache.put(2.0, "other");
    pause(cache);
    cache.removeAll(Set.of(1.002, 1.003));
    assertEquals(Map.of(2.0, "other"), contentOf(cache));
    cache.removeAll();
    assertEquals(Map.of(), contentOf(cache));
  }

  @Test
  void iteratorRemove_removesTheEntry() {
    KleptoCache<Double, String> cache = holding("one");
    var entries = cache.iterator();
    assertEquals(1.001, entries.next().getKey());
    entries.remove();
    assertFalse(entries.hasNext());
    assertFalse(cache.containsKey(1.002));
  }

  @Test
  void invoke_onAnEntry_showsTheKeyOfTheEntry() {
    KleptoCache<Double, String> cache = holding("one");
    String seen =
        cache.invoke(
            1.002,
            (entry, arguments) -> {
              String before = entry.getKey() + "=" + entry.getValue();
              entry.setValue("two");
              return before;
            });
    assertEquals("1.001=one", seen);
    pause(cache);
    assertEquals(Map.of(1.001, "two"), contentOf(cache));
    assertEquals(2.5, cache.<Double>invoke(2.5, (entry, arguments) -> entry.getKey()), "none yet");
  }

  @Test
  void invokeAll_severalKeysOfOneEntry_answersUnderEach() {
    KleptoCache<Double, String> cache = holding("");
    var results =
        cache.invokeAll(
            keys(1.002, 1.003),
            (entry, arguments) -> {
              entry.setValue(entry.getValue() + "x");
              return entry.getValue();
            });
    assertEquals(keys(1.002, 1.003), results.keySet());
    assertEquals(Set.of("x", "xx"), Set.of(results.get(1.002).get(), results.get(1.003).get()));
    pause(cache);
    assertEquals(Map.of(1.001, "xx"), contentOf(cache));
  }

  @Test
  void listeners_hearTheFirstKey() {
    KleptoCache<Double, String> cache =
        caches.create(
            rounded()
                .listener(
                    Listeners.synchronous((type, event) -> log.add(type + " " + event.getKey()))));
    cache.put(1.001, "one");
    pause(cache);
    cache.put(1.002, "two");
    pause(cache);
    cache.remove(1.003);
    cache.put(1.004, "four");
    assertEquals(List.of("CREATED 1.001", "UPDATED 1.001", "REMOVED 1.001", "CREATED 1.004"), log);
  }

  @Test
  void loader_getsTheCallersKeyOnce() throws Exception {
    KleptoCache<Double, String> cache =
        caches.create(
            rounded()
                .loading(
                    key -> {
                      log.add("load " + key);
                      return "of " + key;
                    }));
    assertEquals("of 1.001", cache.get(1.001));
    pause(cache);
    assertEquals("of 1.001", cache.get(1.002));
    assertEquals(Map.of(2.001, "of 2.001", 2.002, "of 2.001"), cache.getAll(keys(2.001, 2.002)));
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of(1.003, 3.001), false, done);
    done.get();
    assertEquals(List.of("load 1.001", "load 2.001", "load 3.001"), log);
    assertEquals(Map.of(1.001, "of 1.001", 2.001, "of 2.001", 3.001, "of 3.001"), contentOf(cache));
  }

  @Test
  void getOrCompute_otherKeyOfTheSameEntry_computesOnce() {
    KleptoCache<Double, String> cache = caches.create(rounded());
    assertEquals("of 1.001", cache.getOrCompute(1.001, key -> "of " + key));
    pause(cache);
    assertEquals("of 1.001", cache.getOrCompute(1.002, key -> "of " + key));
    assertEquals(Map.of(1.001, "of 1.001"), contentOf(cache));
  }

  @Test
  void writer_getsTheCallersKey() {
    NotingWriter<Double, String> writer = new NotingWriter<>(log);
    KleptoCache<Double, String> cache = caches.create(rounded().writer(() -> writer));
    cache.put(1.001, "one");
    cache.putAll(Map.of(1.002, "two"));
    cache.remove(1.003);
    cache.removeAll(Set.of(1.004));
    assertEquals(
        List.of("write 1.001=one", "write 1.002=two", "delete 1.003", "delete 1.004"), log);
  }

  @Test
  void boundedCache_countsEntriesNotKeys() {
    KleptoCache<Double, String> cache = caches.create(rounded().maxEntries(2));
    cache.put(1.001, "one");
    cache.put(2.0, "two");
    cache.put(1.002, "uno");
    assertEquals(2, cache.info().size());
    cache.put(3.0, "three");
    assertEquals(2, cache.info().size());
    assertEquals("uno", cache.lookup(1.003), "used last but one");
    assertNull(cache.lookup(2.0), "the least recently used");
  }

  @Test
  void statistics_otherKeyOfTheSameEntry_isAHit() {
    KleptoCache<Double, String> cache = holding("one", rounded().statistics(true));
    cache.get(1.002);
    cache.get(1.006);
    assertEquals(1, cache.info().hits() + cache.info().loads());
    assertEquals(1, cache.info().misses());
  }

  @Test
  void keymapAlone_decidesWhatIsOneEntry() {
    KleptoCache<Double, String> cache =
        caches.create(
            with(
                KleptoConfiguration.builder(Double.class, String.class)
                    .keymap(arguments -> ((Double) arguments.positional().get(0)).longValue())));
    cache.put(1.25, "one");
    pause(cache);
    assertEquals("one", cache.get(1.75));
    assertEquals(
        List.of(1.25),
        StreamSupport.stream(cache.spliterator(), false).map(Cache.Entry::getKey).toList());
  }
}
