package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.klepto.archive.ArchiveException;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of many keys at once: without deadlock, and whole even if parts of them fail. */
final class BulkChangesTest {
  private static final int KEYS = 100;
  private static final int ROUNDS = 100;

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  private static Map<String, Integer> values(boolean ascending, int value) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (int i = 0; i < KEYS; i++) {
      values.put("k" + (ascending ? i : KEYS - 1 - i), value);
    }
    return values;
  }

  @Test
  void putAll_inOppositeOrders_neitherDeadlocksNorLetsWriterAndCacheDiffer() throws Exception {
    MapWriter writer = new MapWriter(key -> false);
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().writer(() -> writer));
    Crew.together(
        4,
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            cache.putAll(values(thread % 2 == 0, thread * ROUNDS + i));
          }
        });
    assertEquals(KEYS, writer.written.size());
    assertEquals(writer.written, cache.getAll(values(true, 0).keySet()));
    assertEquals(1, Set.copyOf(writer.written.values()).size(), "one call's values stand, whole");
  }

  @Test
  void putAllAmongRemovalsAndSingleCalls_writerAndCacheAgreeAtRest() throws Exception {
    MapWriter writer = new MapWriter(key -> false);
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().writer(() -> writer));
    Crew.together(
        6,
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < ROUNDS; i++) {
            String key = "k" + random.nextInt(KEYS);
            switch (thread % 3) {
              case 0 -> cache.putAll(values(thread == 0, i));
              case 1 -> cache.removeAll(values(thread == 1, 0).keySet());
              default -> {
                cache.put(key, -i);
                cache.invoke(
                    key,
                    (entry, arguments) -> {
                      entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                      return null;
                    });
                cache.remove(key);
              }
            }
          }
        });
    assertEquals(writer.written, cache.getAll(values(true, 0).keySet()));
    assertEquals(writer.written.size(), cache.info().size());
  }

  @Test
  void putAll_writerFailsHalfWay_exactlyTheUnfinishedStayOut() {
    MapWriter writer = new MapWriter(key -> key.equals("c"));
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().writer(() -> writer));
    Map<String, Integer> entries = new LinkedHashMap<>();
    List.of("a", "b", "c", "d").forEach(key -> entries.put(key, 1));
    assertThrows(CacheWriterException.class, () -> cache.putAll(entries));
    assertEquals(Map.of("a", 1, "b", 1), writer.written);
    assertEquals(writer.written, cache.getAll(entries.keySet()));
    assertEquals(2, cache.info().size());
  }

  @Test
  void removeAll_writerFailsHalfWay_exactlyTheUnfinishedStay() {
    AtomicBoolean refuses = new AtomicBoolean();
    MapWriter writer = new MapWriter(key -> refuses.get() && key.equals("c"));
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().writer(() -> writer));
    Set<String> keys = new LinkedHashSet<>(List.of("a", "b", "c", "d"));
    keys.forEach(key -> cache.put(key, 1));
    refuses.set(true);
    assertThrows(CacheWriterException.class, () -> cache.removeAll(keys));
    assertEquals(Map.of("c", 1, "d", 1), writer.written);
    assertEquals(writer.written, cache.getAll(keys));
  }

  @Test
  void putAll_listenerThatThrows_keepsNoWrittenEntryOut() {
    MapWriter writer = new MapWriter(key -> false);
    KleptoCache<String, Integer> cache =
        caches.create(
            TestCaches.numbers().writer(() -> writer).listener(Listeners.synchronous(this::fail)));
    assertThrows(CacheEntryListenerException.class, () -> cache.putAll(values(true, 1)));
    assertEquals(writer.written, cache.getAll(writer.written.keySet()));
    assertEquals(KEYS, writer.written.size());
  }

  @Test
  void removeAll_listenerThatThrows_keepsNoDeletedEntryIn() {
    MapWriter writer = new MapWriter(key -> false);
    KleptoCache<String, Integer> cache = caches.create(TestCaches.numbers().writer(() -> writer));
    cache.putAll(values(true, 1));
    cache.registerCacheEntryListener(Listeners.synchronous(this::fail));
    assertThrows(CacheEntryListenerException.class, () -> cache.removeAll(writer.written.keySet()));
    assertEquals(Map.of(), writer.written);
    assertEquals(0, cache.info().size());
  }

  private void fail(Object type, Object event) {
    throw new IllegalArgumentException("the listener fails");
  }

  /** A key that can't be copied. */
  @SuppressWarnings("serial") // nobody gets so far as to read one
  private static final class Stubborn implements Externalizable {
    private static final long serialVersionUID = 1L;

    @Override
    public void writeExternal(ObjectOutput out) {
      throw new IllegalStateException("not today");
    }

    @Override
    public void readExternal(ObjectInput in) {
      throw new IllegalStateException("not today");
    }
  }

  @Test
  void putAll_keyThatCannotBeCopied_leavesTheOtherKeysFree() throws Exception {
    KleptoCache<Object, Integer> cache =
        caches.create(KleptoConfiguration.builder(Object.class, Integer.class));
    Map<Object, Integer> entries = new LinkedHashMap<>();
    entries.put("a", 1);
    entries.put(new Stubborn(), 2);
    entries.put("z", 3);
    assertThrows(CacheException.class, () -> cache.putAll(entries));
    for (String key : List.of("a", "z")) {
      Crew.run(() -> cache.put(key, 9)).result();
      assertEquals(9, cache.get(key));
    }
    assertEquals(2, cache.info().size());
  }

  @Test
  void putAll_evictionThatFails_leavesTheKeysFree() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    KleptoCache<String, Integer> cache =
        caches.create(TestCaches.numbers().maxEntries(1).archiveMode(ArchiveMode.ON_EVICT));
    cache.archive(HookedArchive.with(failing(full, "put")));
    assertThrows(CacheException.class, () -> cache.putAll(values(true, 1)));
    full.set(false);
    for (String key : values(true, 1).keySet()) {
      Crew.run(() -> cache.put(key, 2)).result();
    }
    assertEquals(values(true, 2), cache.getAll(values(true, 0).keySet()));
    cache.put("new", 3);
    assertEquals(1, cache.info().size(), "the next arrival makes up for it");
    assertEquals(values(true, 2), cache.getAll(values(true, 0).keySet()));
  }

  @Test
  void putAll_archiveThatFails_leavesNothingOldInMemory() {
    AtomicBoolean down = new AtomicBoolean();
    KleptoCache<String, Integer> cache =
        caches.create(TestCaches.numbers().archiveMode(ArchiveMode.WRITE_THROUGH));
    cache.archive(HookedArchive.with(failing(down, "putAllEntries")));
    cache.putAll(Map.of("a", 1, "b", 1));
    down.set(true);
    CacheWriterException thrown =
        assertThrows(CacheWriterException.class, () -> cache.putAll(Map.of("a", 2, "b", 2)));
    assertInstanceOf(ArchiveException.class, thrown.getCause());
    assertNull(cache.lookup("a"), "what the archive has now is not known to memory");
    assertNull(cache.lookup("b"), "what the archive has now is not known to memory");
    assertEquals(Map.of("a", 1, "b", 1), cache.getAll(Set.of("a", "b")));
  }

  @Test
  void removeAll_archiveThatFails_leavesNothingOldInMemory() {
    AtomicBoolean down = new AtomicBoolean();
    KleptoCache<String, Integer> cache =
        caches.create(TestCaches.numbers().archiveMode(ArchiveMode.WRITE_THROUGH));
    cache.archive(HookedArchive.with(failing(down, "removeAll")));
    cache.putAll(Map.of("a", 1, "b", 1));
    down.set(true);
    assertThrows(CacheWriterException.class, () -> cache.removeAll(Set.of("a", "b")));
    assertNull(cache.lookup("a"), "what the archive has now is not known to memory");
    assertEquals(1, cache.get("a"));
  }

  private static HookedArchive.Hook failing(AtomicBoolean when, String what) {
    return new HookedArchive.Hook() {
      @Override
      public void before(String method) {
        if (when.get() && method.equals(what)) {
          throw new ArchiveException("disk full in " + method);
        }
      }
    };
  }

  @Test
  void put_valueThatCannotBeCopied_isNotWritten() {
    AtomicBoolean written = new AtomicBoolean();
    KleptoCache<String, Object> cache =
        caches.create(
            KleptoConfiguration.builder(String.class, Object.class)
                .writer(() -> new FlagWriter(written)));
    assertThrows(CacheException.class, () -> cache.put("k", new Stubborn()));
    assertFalse(written.get(), "the writer must not have what the cache refuses");
  }

  private record FlagWriter(AtomicBoolean written) implements CacheWriter<String, Object> {
    @Override
    public void write(Cache.Entry<? extends String, ? extends Object> entry) {
      written.set(true);
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends Object>> entries) {
      written.set(true);
    }

    @Override
    public void delete(Object key) {
      written.set(true);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      written.set(true);
    }
  }
}
