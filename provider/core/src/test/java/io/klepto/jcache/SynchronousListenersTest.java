package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Synchronous listeners hear on the caller's thread, in the order of the changes of a key. */
final class SynchronousListenersTest {
  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void everyChange_isHeardOnTheCallersThreadBeforeTheCallReturns() {
    List<String> heard = new ArrayList<>();
    Set<Thread> threads = new HashSet<>();
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers()
                .listener(
                    Listeners.synchronous(
                        (type, event) -> {
                          threads.add(Thread.currentThread());
                          heard.add(type + " " + event.getOldValue() + " " + event.getValue());
                        })));
    cache.put("k", 1);
    cache.put("k", 2);
    cache.remove("k");
    cache.putAll(Map.of("k", 3));
    cache.invoke(
        "k",
        (entry, arguments) -> {
          entry.setValue(4);
          entry.setValue(5);
          return null;
        });
    cache.removeAll();
    assertEquals(
        List.of(
            "CREATED null 1",
            "UPDATED 1 2",
            "REMOVED 2 2",
            "CREATED null 3",
            "UPDATED 3 5",
            "REMOVED 5 5"),
        heard);
    assertEquals(Set.of(Thread.currentThread()), threads);
  }

  @Test
  void eventsOfAKey_underContention_tellItsHistoryWithoutGaps() throws Exception {
    int keys = 3;
    // Guarded by the lock of its key, as the listener runs under it: a plain map each.
    List<Map<String, Integer>> replayed = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      replayed.add(new HashMap<>());
    }
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers()
                .listener(
                    Listeners.synchronous(
                        (type, event) -> {
                          Map<String, Integer> state = replayed.get(event.getKey().charAt(1) - '0');
                          Integer before =
                              type == EventType.REMOVED
                                  ? state.remove("v")
                                  : state.put("v", event.getValue());
                          assertEquals(before, event.getOldValue(), () -> "gap before " + event);
                        })));
    Crew.together(
        8,
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < 1_000; i++) {
            String key = "k" + random.nextInt(keys);
            switch (random.nextInt(4)) {
              case 0 -> cache.put(key, i);
              case 1 -> cache.remove(key);
              case 2 -> cache.putAll(Map.of("k0", i, "k1", i, "k2", i));
              default ->
                  cache.invoke(
                      key,
                      (entry, arguments) -> {
                        entry.setValue(entry.exists() ? entry.getValue() + 1 : 0);
                        return null;
                      });
            }
          }
        });
    for (int i = 0; i < keys; i++) {
      assertEquals(cache.get("k" + i), replayed.get(i).get("v"));
    }
  }

  @Test
  void listenerThatThrows_theChangeStands() {
    AtomicBoolean fails = new AtomicBoolean(true);
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers()
                .statistics(true)
                .listener(
                    Listeners.synchronous(
                        (type, event) -> {
                          if (fails.get()) {
                            throw new IllegalArgumentException("the listener fails");
                          }
                        })));
    assertThrows(CacheEntryListenerException.class, () -> cache.put("k", 1));
    assertEquals(1, cache.get("k"));
    assertThrows(CacheEntryListenerException.class, () -> cache.replace("k", 2));
    assertEquals(2, cache.get("k"));
    assertThrows(CacheEntryListenerException.class, () -> cache.remove("k"));
    assertNull(cache.get("k"));
    fails.set(false);
    assertTrue(cache.putIfAbsent("k", 3), "the key is free");
  }

  @Test
  void listenerThatThrows_onALoadedEntry_doesNotKeepItOutNorFailWaitersForEver() throws Exception {
    AtomicBoolean fails = new AtomicBoolean(true);
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers()
                .loading(String::length)
                .listener(
                    Listeners.synchronous(
                        (type, event) -> {
                          if (fails.get()) {
                            throw new IllegalArgumentException("the listener fails");
                          }
                        })));
    assertThrows(CacheEntryListenerException.class, () -> cache.get("four"));
    fails.set(false);
    assertEquals(4, Crew.start(() -> cache.get("four")).result());
    assertEquals(4, cache.lookup("four"));
  }
}
