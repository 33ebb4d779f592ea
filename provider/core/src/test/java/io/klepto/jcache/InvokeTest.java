package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.KleptoConfiguration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import javax.cache.processor.MutableEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entry processors run exactly once for each call, and alone on their key. */
final class InvokeTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 2_000;

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A key whose hash says nothing, so that all keys share one bucket of any table. */
  private record Colliding(int number) {
    @Override
    public int hashCode() {
      return 42;
    }
  }

  @Test
  void invoke_byManyThreads_losesNoIncrementAndRunsOnceEach() throws Exception {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    AtomicInteger runs = new AtomicInteger();
    EntryProcessor<String, Integer, Integer> increment =
        (entry, arguments) -> {
          runs.incrementAndGet();
          int next = (entry.exists() ? entry.getValue() : 0) + 1;
          entry.setValue(next);
          return next;
        };
    Crew.together(
        THREADS,
        thread -> {
          int last = 0;
          for (int i = 0; i < ROUNDS; i++) {
            int mine = cache.invoke("k", increment);
            assertTrue(mine > last, "a later call of one thread sees what its earlier one did");
            last = mine;
          }
        });
    assertEquals(THREADS * ROUNDS, cache.get("k"));
    assertEquals(THREADS * ROUNDS, runs.get());
  }

  @Test
  void invoke_amongPutsAndRemovals_neverOverlapsAnotherOnItsKey() throws Exception {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().maxEntries(2));
    int keys = 4;
    boolean[] inside = new boolean[keys];
    Crew.together(
        THREADS,
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            int key = ThreadLocalRandom.current().nextInt(keys);
            switch (i % 4) {
              case 0 -> cache.put("k" + key, i);
              case 1 -> cache.remove("k" + key);
              default ->
                  cache.invoke(
                      "k" + key,
                      (entry, arguments) -> {
                        assertFalse(inside[key], "two processors on one key");
                        inside[key] = true;
                        entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                        inside[key] = false;
                        return null;
                      });
            }
          }
        });
    assertTrue(cache.info().size() <= 2);
  }

  @Test
  void invoke_onAnotherKeyOfTheSameHash_runsWhileTheFirstIsBlocked() throws Exception {
    KleptoCache<Colliding, Integer> cache =
        caches.create(KleptoConfiguration.builder(Colliding.class, Integer.class));
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Crew.Member<Integer> blocked =
        Crew.start(
            () ->
                cache.invoke(
                    new Colliding(1),
                    (entry, arguments) -> {
                      inside.countDown();
                      Crew.await(go);
                      entry.setValue(1);
                      return 1;
                    }));
    Crew.await(inside);
    for (int other = 2; other < 40; other++) {
      int key = other;
      Crew.run(() -> cache.invoke(new Colliding(key), (entry, arguments) -> set(entry, key)))
          .result();
    }
    assertNull(cache.get(new Colliding(1)), "a get waits for nobody");
    assertFalse(blocked.isDone());
    go.countDown();
    assertEquals(1, blocked.result());
    assertEquals(39, cache.get(new Colliding(39)));
  }

  private static Integer set(MutableEntry<Colliding, Integer> entry, int value) {
    entry.setValue(value);
    return value;
  }

  @Test
  void invoke_capturingLambda_isNeverSerialised() {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    Object unserialisable = new Object();
    Object[] seen = new Object[2];
    cache.invoke(
        "k",
        (entry, arguments) -> {
          seen[0] = unserialisable;
          seen[1] = arguments[0];
          return null;
        },
        unserialisable);
    assertSame(unserialisable, seen[0]);
    assertSame(unserialisable, seen[1]);
  }

  @Test
  void invoke_thatThrows_leavesEverythingAsItWas() {
    MapWriter writer = new MapWriter(key -> false);
    KleptoCache<String, Integer> cache =
        caches.create(TestCaches.numbers().writer(() -> writer).maxEntries(10));
    cache.put("there", 1);
    for (String key : Set.of("there", "absent")) {
      EntryProcessorException thrown =
          assertThrows(
              EntryProcessorException.class,
              () ->
                  cache.invoke(
                      key,
                      (entry, arguments) -> {
                        entry.setValue(99);
                        throw new UnsupportedOperationException("after the change");
                      }));
      assertInstanceOf(UnsupportedOperationException.class, thrown.getCause());
      assertThrows(
          StackOverflowError.class,
          () ->
              cache.invoke(
                  key,
                  (entry, arguments) -> {
                    entry.remove();
                    throw new StackOverflowError("for the test");
                  }));
    }
    assertEquals(1, cache.get("there"));
    assertFalse(cache.containsKey("absent"));
    assertEquals(Map.of("there", 1), writer.written);
    assertEquals(1, cache.info().size());
  }

  @Test
  void invoke_writerThatThrows_leavesTheEntryAndItsKeyFree() {
    MapWriter writer = new MapWriter(key -> key.equals("refused"));
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().writer(() -> writer));
    assertThrows(
        CacheWriterException.class,
        () ->
            cache.invoke(
                "refused",
                (entry, arguments) -> {
                  entry.setValue(1);
                  return null;
                }));
    assertNull(cache.invoke("refused", (entry, arguments) -> entry.getValue()));
    assertEquals(0, cache.info().size(), "no placeholder is left behind");
  }

  @Test
  void invoke_whileGetLoads_sharesTheLoad() throws Exception {
    GatedLoader loader = new GatedLoader(String::length);
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().loader(() -> loader));
    Crew.Member<Integer> getting = Crew.start(() -> cache.get("four"));
    Crew.await(loader.called);
    Crew.Member<Integer> invoking =
        Crew.start(
            () ->
                cache.invoke(
                    "four",
                    (entry, arguments) -> {
                      assertFalse(entry.exists());
                      entry.setValue(entry.getValue() + 100);
                      return entry.getValue();
                    }));
    invoking.awaitParked();
    loader.go.countDown();
    assertEquals(4, getting.result());
    assertEquals(104, invoking.result());
    assertEquals(104, cache.get("four"), "the load must not come over the processor's value");
    assertEquals(1, loader.loaded.size());
  }

  @Test
  void invokeAll_oneThatThrows_isThatKeysResult() {
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers());
    Map<String, EntryProcessorResult<String>> results =
        cache.invokeAll(
            Set.of("good", "bad", "silent"),
            (entry, arguments) -> {
              entry.setValue(1);
              return switch (entry.getKey()) {
                case "bad" -> throw new IllegalArgumentException("bad key");
                case "silent" -> null;
                default -> entry.getKey();
              };
            });
    assertEquals(Set.of("good", "bad"), results.keySet());
    assertEquals("good", results.get("good").get());
    assertThrows(EntryProcessorException.class, () -> results.get("bad").get());
    assertEquals(Map.of("good", 1, "silent", 1), cache.getAll(Set.of("good", "bad", "silent")));
  }
}
