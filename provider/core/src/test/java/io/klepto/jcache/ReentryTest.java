package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A callback that calls the cache for the very key that it serves would wait for itself: it gets an
 * exception instead, and the key is free afterwards.
 */
final class ReentryTest {
  private final TestCaches caches = new TestCaches();
  private final List<String> outcomes = new ArrayList<>();
  private KleptoCache<String, Integer> cache;

  @AfterEach
  void close() {
    caches.close();
  }

  /** Every operation that changes key {@code k}, or loads it. */
  private static final Map<String, Consumer<KleptoCache<String, Integer>>> CHANGES =
      Map.ofEntries(
          Map.entry("put", c -> c.put("k", 2)),
          Map.entry("getAndPut", c -> c.getAndPut("k", 2)),
          Map.entry("putIfAbsent", c -> c.putIfAbsent("k", 2)),
          Map.entry("putAll", c -> c.putAll(Map.of("a", 1, "k", 2, "z", 3))),
          Map.entry("replace", c -> c.replace("k", 2)),
          Map.entry("remove", c -> c.remove("k")),
          Map.entry("removeAll", c -> c.removeAll(Set.of("a", "k", "z"))),
          Map.entry("clear", c -> c.clear()),
          Map.entry("evictAll", c -> c.evictAll(true)),
          Map.entry("invoke", c -> c.invoke("k", (entry, arguments) -> null)));

  private void tryEveryChange() {
    CHANGES.forEach((name, change) -> assertRefused(name, () -> change.accept(cache)));
  }

  private void assertRefused(String name, Runnable call) {
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, call::run, () -> name + " must be refused");
    assertTrue(refusal.getMessage().contains("key k"), refusal::toString);
    outcomes.add(name);
  }

  private void create(KleptoConfigurationBuilder<String, Integer> configuration) {
    cache = caches.create(configuration);
  }

  /** Runs a call in a thread of its own, which must end, and finds all keys free after it. */
  private void runAndFindKeysFree(Crew.ThrowingRunnable call) throws Exception {
    Crew.run(call).result();
    assertTrue(outcomes.size() >= 2, "the callback was called");
    for (String key : List.of("a", "k", "z")) {
      Crew.run(() -> cache.put(key, 7)).result();
      assertEquals(7, cache.get(key));
    }
  }

  @Test
  void fromAProcessor_throws() throws Exception {
    create(TestCaches.numbers());
    runAndFindKeysFree(
        () ->
            cache.invoke(
                "k",
                (entry, arguments) -> {
                  tryEveryChange();
                  return null;
                }));
  }

  @Test
  void fromAWriter_throws() throws Exception {
    create(
        TestCaches.numbers()
            .writer(
                () ->
                    new MapWriter(
                        key -> {
                          if (outcomes.isEmpty()) {
                            tryEveryChange();
                          }
                          return false;
                        })));
    runAndFindKeysFree(() -> cache.put("k", 1));
  }

  @Test
  void fromAListener_throws() throws Exception {
    create(
        TestCaches.numbers()
            .listener(
                Listeners.synchronous(
                    (type, event) -> {
                      if (outcomes.isEmpty()) {
                        tryEveryChange();
                      }
                    })));
    runAndFindKeysFree(() -> cache.put("k", 1));
  }

  @Test
  void fromALoader_readsThrow() throws Exception {
    create(TestCaches.numbers().loading(this::readOwnKey));
    runAndFindKeysFree(() -> assertEquals(1, cache.get("k")));
  }

  @Test
  void fromABulkLoader_readsThrow() throws Exception {
    create(TestCaches.numbers().loading(this::readOwnKey));
    runAndFindKeysFree(() -> assertEquals(Map.of("k", 1), cache.getAll(Set.of("k"))));
  }

  /** A processor that has locked the key may be waiting for that very loader. */
  @Test
  void fromALoader_changesThrow() throws Exception {
    create(
        TestCaches.numbers()
            .loading(
                key -> {
                  tryEveryChange();
                  return 1;
                }));
    runAndFindKeysFree(() -> assertEquals(1, cache.get("k")));
  }

  @Test
  void fromALoaderInAProcessor_readsAndChangesThrow() throws Exception {
    create(
        TestCaches.numbers()
            .loading(
                key -> {
                  tryEveryChange();
                  return readOwnKey(key);
                }));
    runAndFindKeysFree(
        () -> {
          Integer found = cache.invoke("k", (entry, arguments) -> entry.getValue());
          assertEquals(1, found);
        });
  }

  private Integer readOwnKey(String key) {
    assertRefused("get", () -> cache.get(key));
    assertRefused("getAll", () -> cache.getAll(Set.of(key)));
    return 1;
  }

  @Test
  void putAllOfAHeldKey_givesTheOtherKeysBackWhileTheHolderGoesOn() throws Exception {
    create(TestCaches.numbers());
    Crew.run(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      assertRefused("putAll", () -> cache.putAll(Map.of("a", 1, "k", 2, "z", 3)));
                      freeNow("a");
                      freeNow("z");
                      return null;
                    }))
        .result();
    assertEquals(Map.of("a", 5, "z", 5), cache.getAll(Set.of("a", "k", "z")));
  }

  private void freeNow(String key) {
    try {
      Crew.run(() -> cache.put(key, 5)).result();
    } catch (Exception e) {
      throw new IllegalArgumentException("key " + key + " is not free", e);
    }
  }

  @Test
  void fromAProcessor_otherKeys_work() throws Exception {
    create(TestCaches.numbers());
    Crew.run(
            () ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      cache.put("a", 1);
                      cache.putAll(Map.of("y", 2, "z", 3));
                      cache.invoke(
                          "b",
                          (inner, more) -> {
                            inner.setValue(cache.get("z"));
                            return null;
                          });
                      entry.setValue(cache.get("b"));
                      return null;
                    }))
        .result();
    assertEquals(3, cache.get("k"));
  }
}
