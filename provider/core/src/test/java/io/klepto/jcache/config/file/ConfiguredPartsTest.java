package io.klepto.jcache.config.file;

import static io.klepto.jcache.config.file.Parts.nameOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes that a file names: loaded and made when the cache is. */
final class ConfiguredPartsTest {
  @TempDir Path folder;
  private Managers managers;

  @BeforeEach
  void start() {
    managers = new Managers(folder);
  }

  @AfterEach
  void close() {
    managers.close();
  }

  @Test
  void classes_areLoadedWhenTheCacheIsCreated_andRefusedByName() throws IOException {
    CacheManager manager =
        managers.read(
            """
            klepto.caches {
              noticed { copier = %s }
              missing { loader = com.example.Nowhere }
              wrong { loader = java.lang.String }
              needy { copier = %s }
              type { key-type = com.example.NoKey }
            }
            """
                .formatted(nameOf(Parts.Noticed.class), nameOf(Parts.Needy.class)));
    assertNull(System.getProperty("klepto-test.noticed"));
    manager.getCache("noticed");
    assertEquals("yes", System.clearProperty("klepto-test.noticed"));
    String file = managers.file().toString();
    assertEquals(
        "cannot create cache missing, configured at %s, line 3: klepto.caches.missing: %s, line 3: klepto.caches.missing.loader: expected a class that the manager's class loader finds, found com.example.Nowhere"
            .formatted(file, file),
        Managers.refusal(manager, "missing"));
    assertEquals(
        "cannot create cache wrong, configured at %s, line 4: klepto.caches.wrong: %s, line 4: klepto.caches.wrong.loader: expected a class that is a javax.cache.integration.CacheLoader or makes them as a javax.cache.configuration.Factory, found java.lang.String"
            .formatted(file, file),
        Managers.refusal(manager, "wrong"));
    assertTrue(
        Managers.refusal(manager, "needy").contains("a constructor without parameters, found"));
    assertTrue(
        Managers.refusal(manager, "type")
            .contains("klepto.caches.type.key-type: expected a class"));
  }

  @Test
  void partThatAsksForItsOwnCache_isRefused() throws IOException {
    CacheManager manager = managers.read("klepto.caches.c.loader = " + nameOf(Circular.class));
    Circular.manager = manager;
    try {
      Throwable cause = assertThrows(CacheException.class, () -> manager.getCache("c"));
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      assertEquals("cannot create cache c: one of its own parts asks for it", cause.getMessage());
    } finally {
      Circular.manager = null;
    }
  }

  /** Wants its own cache before there is one. */
  static final class Circular implements CacheLoader<Object, Object> {
    static CacheManager manager;

    Circular() {
      manager.getCache("c");
    }

    @Override
    public Object load(Object key) {
      return key;
    }

    @Override
    public java.util.Map<Object, Object> loadAll(Iterable<?> keys) {
      return java.util.Map.of();
    }
  }

  @Test
  void writerListenersAndCopier_work() throws IOException {
    Parts.Created.KEYS.clear();
    CacheManager manager =
        managers.read(
            """
            klepto.caches.c {
              writer = %s
              copier = %s
              listeners = [{ class = %s, filter = %s, synchronous = true }]
            }
            """
                .formatted(
                    nameOf(Parts.SharedWriter.class),
                    nameOf(Parts.Shouting.class),
                    nameOf(Parts.Created.class),
                    nameOf(Parts.BeginWithA.class)));
    Cache<Object, Object> cache = manager.getCache("c");
    cache.put("Apple", "x");
    cache.put("apple", "y");
    cache.put("berry", "z");
    assertEquals("Y", cache.get("apple"));
    assertTrue(Parts.SharedWriter.WRITTEN.containsKey("berry"));
    assertNotNull(cache.unwrap(KleptoCache.class));
    assertEquals(List.of("apple"), Parts.Created.KEYS);
  }
}
