package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * By value, what a caller, listener, loader or processor has in hand is its own: changing it never
 * reaches the cache. By reference, it is the cache's.
 */
final class StoreByValueTest {
  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A mutable key and value. */
  private static final class Box {
    private int content;

    Box(int content) {
      this.content = content;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Box that && content == that.content;
    }

    @Override
    public int hashCode() {
      return content;
    }

    @Override
    public String toString() {
      return "box of " + content;
    }
  }

  private static KleptoConfigurationBuilder<Box, Box> boxes() {
    return KleptoConfiguration.builder(Box.class, Box.class);
  }

  private static Box spoilt(Box box) {
    box.content = 99;
    return box;
  }

  private void assertHolds(KleptoCache<Box, Box> cache, int key, int value) {
    assertEquals(new Box(value), cache.get(new Box(key)));
    assertEquals(new Box(value), cache.lookup(new Box(key)));
    assertFalse(cache.containsKey(new Box(99)));
    assertEquals(1, cache.info().size());
  }

  @Test
  void whatIsPut_isACopy() {
    KleptoCache<Box, Box> cache = caches.create(boxes());
    Box key = new Box(1);
    Box value = new Box(10);
    List<Runnable> writes =
        List.of(
            () -> cache.put(key, value),
            () -> cache.putAll(Map.of(key, value)),
            () -> cache.getAndPut(key, value),
            () -> cache.putIfAbsent(key, value),
            () -> {
              cache.put(key, new Box(2));
              cache.replace(key, value);
            },
            () ->
                cache.invoke(
                    key,
                    (entry, arguments) -> {
                      entry.setValue(value);
                      return null;
                    }));
    for (Runnable write : writes) {
      key.content = 1;
      value.content = 10;
      write.run();
      spoilt(key);
      spoilt(value);
      assertHolds(cache, 1, 10);
      cache.removeAll();
    }
  }

  @Test
  void whatIsRead_isACopy() {
    KleptoCache<Box, Box> cache = caches.create(boxes());
    cache.put(new Box(1), new Box(10));
    spoilt(cache.get(new Box(1)));
    spoilt(cache.lookup(new Box(1)));
    cache.getAll(Set.of(new Box(1))).values().forEach(StoreByValueTest::spoilt);
    for (Cache.Entry<Box, Box> entry : cache) {
      spoilt(entry.getKey());
      spoilt(entry.getValue());
    }
    cache.invoke(new Box(1), (entry, arguments) -> spoilt(entry.getValue()));
    assertHolds(cache, 1, 10);
    spoilt(cache.getAndPut(new Box(1), new Box(10)));
    spoilt(cache.getAndReplace(new Box(1), new Box(10)));
    assertHolds(cache, 1, 10);
  }

  @Test
  void whatAListenerHears_isACopy() {
    KleptoCache<Box, Box> cache =
        caches.create(
            boxes()
                .listener(
                    Listeners.synchronous(
                        (type, event) -> {
                          spoilt(event.getKey());
                          spoilt(event.getValue());
                          if (event.getOldValue() != null) {
                            spoilt(event.getOldValue());
                          }
                        })));
    cache.put(new Box(1), new Box(9));
    assertHolds(cache, 1, 9);
    Box old = cache.getAndPut(new Box(1), new Box(10));
    assertEquals(new Box(9), old, "the listener must not reach what the caller gets");
    assertHolds(cache, 1, 10);
    assertEquals(new Box(10), cache.getAndRemove(new Box(1)));
  }

  @Test
  void whatALoaderKeeps_isNotTheCaches() {
    AtomicReference<Box> loaded = new AtomicReference<>();
    KleptoCache<Box, Box> cache =
        caches.create(
            boxes()
                .loading(
                    key -> {
                      loaded.set(new Box(10));
                      return loaded.get();
                    }));
    Box given = cache.get(new Box(1));
    assertNotSame(loaded.get(), given);
    spoilt(loaded.get());
    spoilt(given);
    assertHolds(cache, 1, 10);
  }

  @Test
  void whatAProcessorLoads_isACopyUnlessSet() {
    KleptoCache<Box, Box> cache = caches.create(boxes().loading(key -> new Box(10)));
    Box seen = cache.invoke(new Box(1), (entry, arguments) -> entry.getValue());
    spoilt(seen);
    assertHolds(cache, 1, 10);
  }

  @Test
  void byReference_everybodyHasTheSameObjects() {
    List<Object> heard = new ArrayList<>();
    KleptoCache<Box, Box> cache =
        caches.create(
            boxes()
                .storeByValue(false)
                .listener(
                    Listeners.synchronous(
                        (type, event) -> {
                          heard.add(event.getKey());
                          heard.add(event.getValue());
                        })));
    Box key = new Box(1);
    Box value = new Box(10);
    cache.put(key, value);
    assertSame(value, cache.get(new Box(1)));
    assertSame(value, cache.getAll(Set.of(key)).get(key));
    assertSame(key, heard.get(0));
    assertSame(value, heard.get(1));
    assertSame(key, cache.iterator().next().getKey());
    Box processed = cache.invoke(key, (entry, arguments) -> entry.getValue());
    assertSame(value, processed);
    assertSame(value, cache.getAndRemove(key));
  }
}
