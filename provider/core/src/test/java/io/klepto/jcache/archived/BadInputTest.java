package io.klepto.jcache.archived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.io.Serializable;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is handed in wrongly is refused by name, and changes nothing. */
final class BadInputTest {
  private final Run run = new Run();
  private KleptoCache<Object, Object> cache;

  @BeforeEach
  void open() {
    cache = run.cache(configuration().storeByValue(false));
    cache.put("a", 1);
    cache.put("b", "two");
  }

  @AfterEach
  void closeRun() {
    run.close();
  }

  private static KleptoConfigurationBuilder<Object, Object> configuration() {
    return KleptoConfiguration.builder(Object.class, Object.class).archive(URI.create("dict:/"));
  }

  /** Checks that a call fails with a message that tells all this, and has changed nothing. */
  private <T extends Throwable> T assertRefused(Class<T> type, Executable call, String... told) {
    T failure = assertThrows(type, call);
    for (String part : told) {
      assertTrue(failure.getMessage().contains(part), part + " in: " + failure.getMessage());
    }
    assertUntouched(cache);
    return failure;
  }

  private static void assertUntouched(KleptoCache<Object, Object> cache) {
    Map<Object, Object> expected = Map.of("a", 1, "b", "two");
    Map<Object, Object> seen = new HashMap<>();
    for (Cache.Entry<Object, Object> entry : cache) {
      seen.put(entry.getKey(), entry.getValue());
    }
    assertEquals(expected, seen);
    assertEquals(expected, cache.getAll(expected.keySet()));
    Archive<Object, Object> archive = cache.archive().orElseThrow();
    assertEquals(expected, archive.getAll(archive.keys()));
  }

  private void assertEveryWriteRefused(Object key, Object value, String... told) {
    Class<CacheException> type = CacheException.class;
    assertRefused(type, () -> cache.put(key, value), told);
    assertRefused(type, () -> cache.getAndPut(key, value), told);
    assertRefused(type, () -> cache.putAll(Map.of(key, value)), told);
    assertRefused(type, () -> cache.putIfAbsent("new", value), told);
    assertRefused(type, () -> cache.replace("a", value), told);
    assertRefused(type, () -> cache.replace("a", 1, value), told);
    assertRefused(
        type,
        () ->
            cache.invoke(
                key,
                (entry, arguments) -> {
                  entry.setValue(value);
                  return null;
                }),
        told);
  }

  @Test
  void thread_asValue_isRefused() {
    assertEveryWriteRefused("a", new Thread("never started"), "java.lang.Thread");
  }

  @Test
  void lambda_asValue_isRefused() {
    Supplier<String> lambda = () -> "value";
    assertEveryWriteRefused("a", lambda, "lambda");
    assertEveryWriteRefused("a", (Supplier<String> & Serializable) () -> "value", "lambda");
  }

  @Test
  void thread_asValueByValue_isRefused() {
    KleptoCache<Object, Object> byValue = run.cache("by value", configuration());
    byValue.put("a", 1);
    byValue.put("b", "two");
    CacheException failure =
        assertThrows(CacheException.class, () -> byValue.put("a", new Thread("never started")));
    assertTrue(failure.getMessage().contains("java.lang.Thread"), failure.getMessage());
    assertUntouched(byValue);
  }

  @Test
  void putAll_oneBadValue_writesTheOthersAndNamesTheBadKey() {
    Map<Object, Object> entries = new TreeMap<>(Map.of("c", 3, "bad", new Thread("never"), "d", 4));
    CacheWriterException failure =
        assertThrows(CacheWriterException.class, () -> cache.putAll(entries));
    assertTrue(failure.getMessage().contains("\"bad\""), failure.getMessage());
    assertEquals(Map.of("c", 3, "d", 4), cache.getAll(Set.of("c", "bad", "d")));
    cache.evictAll(true);
    assertEquals(Map.of("c", 3, "d", 4), cache.getAll(Set.of("c", "bad", "d")));
  }

  /** A class of the application that nothing allows. */
  record Stranger(int number) {}

  @Test
  void classThatIsNotAllowed_isRefusedWithTheSettingToAdd() {
    String setting = "KleptoConfiguration.builder(...).allow(\"" + Stranger.class.getName() + "\")";
    assertEveryWriteRefused("a", new Stranger(1), Stranger.class.getName(), setting);
    KleptoCache<Object, Object> allowing =
        run.cache("allowing", configuration().allow(Stranger.class.getName()));
    allowing.put("a", new Stranger(1));
    allowing.evictAll(true);
    assertEquals(new Stranger(1), allowing.get("a"));
  }

  @Test
  void keyOfAWrongType_isAClassCastException() {
    KleptoCache<String, Integer> typed =
        run.cache(
            "typed",
            KleptoConfiguration.builder(String.class, Integer.class).archive(URI.create("dict:/")));
    typed.put("a", 1);
    Cache<Object, Object> raw = untyped(typed);
    List<Executable> calls =
        List.of(
            () -> raw.get(1),
            () -> raw.put(1, 1),
            () -> raw.containsKey(1),
            () -> raw.getAll(Set.of(1)),
            () -> raw.putAll(Map.of("b", 1, 2, 2)),
            () -> raw.remove(1),
            () -> raw.removeAll(Set.of("a", 1)),
            () -> raw.invoke(1, (entry, arguments) -> null));
    for (Executable call : calls) {
      assertMessage(
          assertThrows(ClassCastException.class, call),
          "cache typed",
          "key",
          "expected java.lang.String",
          "found java.lang.Integer");
    }
    assertMessage(
        assertThrows(ClassCastException.class, () -> raw.put("a", "1")),
        "cache typed",
        "value",
        "expected java.lang.Integer",
        "found java.lang.String");
    assertEquals(Map.of("a", 1), WriteThroughContract.walk(typed));
    assertEquals(1, typed.archive().orElseThrow().size());
  }

  @SuppressWarnings("unchecked") // as a caller without generics does
  private static Cache<Object, Object> untyped(Cache<?, ?> cache) {
    return (Cache<Object, Object>) cache;
  }

  private static void assertMessage(Throwable failure, String... told) {
    for (String part : told) {
      assertTrue(failure.getMessage().contains(part), part + " in: " + failure.getMessage());
    }
  }

  @Test
  void nulls_areNullPointerExceptions() {
    Class<NullPointerException> type = NullPointerException.class;
    assertRefused(type, () -> cache.get(null), "cache results", "key");
    assertRefused(type, () -> cache.put(null, 1), "cache results", "key");
    assertRefused(type, () -> cache.put("a", null), "cache results", "value");
    assertRefused(type, () -> cache.getAndPut("a", null), "value");
    assertRefused(type, () -> cache.putIfAbsent("c", null), "value");
    assertRefused(type, () -> cache.replace("a", 1, null), "value");
    assertRefused(type, () -> cache.remove(null), "key");
    assertRefused(type, () -> cache.remove("a", null), "value");
    assertRefused(type, () -> cache.containsKey(null), "key");
    assertRefused(type, () -> cache.lookup(null), "key");
    Set<Object> withNull = new HashSet<>(Arrays.asList("a", null));
    assertRefused(type, () -> cache.getAll(withNull), "key");
    assertRefused(type, () -> cache.removeAll(withNull), "key");
    assertRefused(type, () -> cache.load(withNull), "key");
    assertRefused(type, () -> cache.dump(withNull), "key");
    assertRefused(type, () -> cache.getAll(null), "keys");
    assertRefused(type, () -> cache.putAll(null), "map");
    Map<Object, Object> valueNull = new TreeMap<>(Map.of("c", 3));
    valueNull.put("d", null);
    assertRefused(type, () -> cache.putAll(valueNull), "value");
    assertRefused(type, () -> cache.archive(null), "archive");
  }

  @Test
  void keyWithoutCanonicalBytes_isRefusedByName() {
    Object bad = new Thread("never started");
    Class<CacheException> type = CacheException.class;
    assertRefused(type, () -> cache.put(bad, 1), "java.lang.Thread");
    assertRefused(type, () -> cache.get(bad), "java.lang.Thread");
    assertRefused(type, () -> cache.remove(bad), "java.lang.Thread");
    assertRefused(type, () -> cache.containsKey(bad), "java.lang.Thread");
    assertRefused(type, () -> cache.getAll(Set.of("a", bad)), "java.lang.Thread");
    assertRefused(type, () -> cache.putAll(Map.of("a", 9, bad, 9)), "java.lang.Thread");
    assertRefused(type, () -> cache.removeAll(Set.of("a", bad)), "java.lang.Thread");
    assertRefused(type, () -> cache.invoke(bad, (entry, given) -> null), "java.lang.Thread");
  }

  @Test
  void closedCache_refusesEverythingByName() {
    cache.close();
    List<Executable> calls =
        List.of(
            () -> cache.get("a"),
            () -> cache.put("a", 1),
            () -> cache.getAll(Set.of("a")),
            () -> cache.remove("a"),
            () -> cache.clear(),
            () -> cache.removeAll(),
            () -> cache.iterator(),
            () -> cache.info(),
            () -> cache.lookup("a"),
            () -> cache.evictAll(true),
            () -> cache.archive(),
            () -> cache.archived(),
            () -> cache.archived(true),
            () -> cache.load(),
            () -> cache.load(Set.of("a")),
            () -> cache.dump(),
            () -> cache.dump(Set.of("a")),
            () -> cache.sync(false),
            () -> cache.drop());
    for (Executable call : calls) {
      IllegalStateException failure = assertThrows(IllegalStateException.class, call);
      assertTrue(failure.getMessage().contains("cache results is closed"), failure.getMessage());
    }
    cache.close();
  }

  @Test
  void onEvict_valueThatCantBeArchived_staysAndTheCallThrows() {
    KleptoCache<Object, Object> bounded =
        run.cache(
            "bounded",
            configuration().archiveMode(ArchiveMode.ON_EVICT).maxEntries(1).storeByValue(false));
    Thread bad = new Thread("never started");
    bounded.put("bad", bad);
    CacheWriterException failure =
        assertThrows(CacheWriterException.class, () -> bounded.put("good", 1));
    assertInstanceOf(ArchiveException.class, failure.getCause());
    assertTrue(failure.getMessage().contains("\"bad\""), failure.getMessage());
    assertEquals(bad, bounded.lookup("bad"));
    assertEquals(1, bounded.get("good"));
    bounded.remove("bad");
    bounded.put("better", 2);
    assertEquals(1, bounded.info().size());
  }
}
