package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A load that began before its key was changed is answered to who waits for it, and installs
 * nothing: otherwise a value that is gone would come back.
 */
final class SupersededLoadTest {
  private static final int OLD = -1;

  private final TestCaches caches = new TestCaches();
  private final AtomicInteger fresh = new AtomicInteger();
  private final GatedLoader loader =
      new GatedLoader(key -> fresh.getAndIncrement() == 0 ? OLD : fresh.get());
  private final KleptoCache<String, Integer> cache =
      caches.create(TestCaches.numbers().loader(() -> loader));

  @AfterEach
  void close() {
    caches.close();
  }

  static Stream<Named<Consumer<KleptoCache<String, Integer>>>> removals() {
    return Stream.of(
        Named.of("remove", c -> c.remove("k")),
        Named.of("getAndRemove", c -> c.getAndRemove("k")),
        Named.of("removeAll of keys", c -> c.removeAll(Set.of("j", "k"))),
        Named.of("clear", c -> c.clear()),
        Named.of("put and remove", SupersededLoadTest::putAndRemove),
        Named.of("put and clear", SupersededLoadTest::putAndClear),
        Named.of("put and evict", SupersededLoadTest::putAndEvict));
  }

  private static void putAndRemove(KleptoCache<String, Integer> cache) {
    cache.put("k", 1);
    cache.remove("k");
  }

  private static void putAndClear(KleptoCache<String, Integer> cache) {
    cache.put("k", 1);
    cache.clear();
  }

  private static void putAndEvict(KleptoCache<String, Integer> cache) {
    cache.put("k", 1);
    cache.evictAll(true);
  }

  @ParameterizedTest
  @MethodSource("removals")
  void removalDuringTheLoad_theKeyStaysAbsent(Consumer<KleptoCache<String, Integer>> removal)
      throws Exception {
    Crew.Member<Integer> getting = startLoad();
    removal.accept(cache);
    loader.go.countDown();
    assertEquals(OLD, getting.result());
    assertFalse(cache.containsKey("k"));
    assertEquals(0, cache.info().size());
    assertEquals(2, cache.get("k"), "the next read loads anew");
  }

  static Stream<Named<Consumer<KleptoCache<String, Integer>>>> writes() {
    return Stream.of(
        Named.of("put", c -> c.put("k", 5)),
        Named.of("putIfAbsent", c -> c.putIfAbsent("k", 5)),
        Named.of("putAll", c -> c.putAll(Map.of("j", 4, "k", 5))),
        Named.of("put and replace", SupersededLoadTest::putAndReplace),
        Named.of("getAndPut", c -> c.getAndPut("k", 5)));
  }

  private static void putAndReplace(KleptoCache<String, Integer> cache) {
    cache.put("k", 4);
    cache.replace("k", 5);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void writeDuringTheLoad_itsValueStays(Consumer<KleptoCache<String, Integer>> write)
      throws Exception {
    Crew.Member<Integer> getting = startLoad();
    write.accept(cache);
    loader.go.countDown();
    assertEquals(OLD, getting.result());
    assertEquals(5, cache.get("k"));
  }

  @Test
  void readAfterARemoval_doesNotJoinTheOlderLoad() throws Exception {
    Crew.Member<Integer> getting = startLoad();
    cache.remove("k");
    Crew.Member<Integer> later = Crew.start(() -> cache.get("k"));
    Crew.await("the second load", () -> loader.loaded.size() == 2);
    loader.go.countDown();
    Set<Integer> answers = Set.of(getting.result(), later.result());
    assertEquals(2, answers.size(), "two loads, two answers");
    assertTrue(cache.containsKey("k"));
  }

  @Test
  void removalDuringABulkLoad_thatKeyStaysAbsentAndTheOthersCome() throws Exception {
    Crew.Member<Map<String, Integer>> getting =
        Crew.start(() -> cache.getAll(Set.of("j", "k", "l")));
    Crew.await(loader.called);
    cache.remove("k");
    loader.go.countDown();
    assertEquals(Set.of("j", "k", "l"), getting.result().keySet());
    assertNull(cache.lookup("k"));
    assertEquals(2, cache.info().size());
  }

  @Test
  void putDuringLoadAllReplacing_itsValueStays() throws Exception {
    CompletionListenerFuture completion = new CompletionListenerFuture();
    cache.loadAll(Set.of("j", "k"), true, completion);
    Crew.await(loader.called);
    cache.put("k", 5);
    loader.go.countDown();
    Crew.get(completion);
    assertEquals(5, cache.get("k"));
    assertTrue(cache.containsKey("j"));
  }

  @Test
  void invokeDuringTheLoad_itsRemovalStays() throws Exception {
    Crew.Member<Integer> getting = startLoad();
    cache.put("k", 1);
    cache.invoke(
        "k",
        (entry, arguments) -> {
          entry.remove();
          return null;
        });
    loader.go.countDown();
    assertEquals(OLD, getting.result());
    assertFalse(cache.containsKey("k"));
  }

  private Crew.Member<Integer> startLoad() {
    Crew.Member<Integer> getting = Crew.start(() -> cache.get("k"));
    Crew.await(loader.called);
    return getting;
  }
}
