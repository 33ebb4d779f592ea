package io.klepto.jcache.keyed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.TestCaches;
import io.klepto.jcache.config.Failure;
import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import io.klepto.keymap.Keymap;
import io.klepto.keymap.Keymaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keymaps that fail for a key, and how often a keymap is asked. */
final class FailingTransformTest {
  private final TestCaches caches = new TestCaches();
  private final List<Object> asked = new ArrayList<>();

  @AfterEach
  void closeCaches() {
    caches.close();
  }

  private KleptoConfigurationBuilder<String, Integer> configuration() {
    List<Object> noted = asked;
    Keymap keymap =
        arguments -> {
          Object key = arguments.positional().get(0);
          noted.add(key);
          if (key.equals("bad")) {
            throw new IllegalStateException("no key today");
          }
          return key.equals("null") ? null : key;
        };
    return TestCaches.numbers().keymap(keymap);
  }

  @Test
  void keymapThatFails_isAnExceptionThatNamesKeyAndReason() {
    KleptoCache<String, Integer> cache = caches.create(configuration());
    String message = assertThrows(CacheException.class, () -> cache.get("bad")).getMessage();
    assertTrue(message.contains("key bad") && message.contains("no key today"), message);
    message = assertThrows(CacheException.class, () -> cache.put("null", 1)).getMessage();
    assertTrue(message.contains("key null") && message.contains("found null"), message);
  }

  @Test
  void keymapThatFails_withBypass_isACountedMiss() {
    KleptoCache<String, Integer> cache =
        caches.create(configuration().failure(Failure.BYPASS).statistics(true));
    assertNull(cache.get("bad"));
    cache.put("bad", 1);
    assertFalse(cache.containsKey("bad"));
    cache.putAll(Map.of("bad", 1, "good", 2));
    assertEquals(Map.of("good", 2), cache.getAll(Set.of("bad", "good")));
    assertEquals(1, cache.info().size());
    assertTrue(cache.info().bypasses() >= 4, cache.info().toString());
  }

  @Test
  void keymap_isAskedOnceForEachOperationInMemory() {
    KleptoCache<String, Integer> cache = caches.create(configuration());
    cache.put("a", 1);
    cache.get("a");
    cache.getAndPut("a", 2);
    cache.containsKey("a");
    cache.replace("a", 2, 3);
    cache.invoke("a", (entry, arguments) -> entry.getValue());
    cache.remove("a");
    cache.get("a");
    assertEquals(List.of("a", "a", "a", "a", "a", "a", "a", "a"), asked);
  }

  @Test
  void keysOfMutableObjects_byValue_areThoseOfTheFirstPut() {
    KleptoConfigurationBuilder<int[], Integer> arrays =
        KleptoConfiguration.builder(int[].class, Integer.class).keymap(Keymaps.raw());
    KleptoCache<int[], Integer> cache = caches.create(arrays);
    int[] key = {1, 2};
    cache.put(key, 12);
    key[0] = 9;
    assertEquals(12, cache.get(new int[] {1, 2}));
    assertNull(cache.get(key));
    assertEquals(1, cache.iterator().next().getKey()[0]);
  }
}
