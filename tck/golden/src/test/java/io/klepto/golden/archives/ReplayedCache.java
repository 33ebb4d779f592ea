package io.klepto.golden.archives;

import io.klepto.archive.Archive;
import io.klepto.jcache.CacheMemory;
import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.config.KleptoConfiguration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheManager;

/**
 * The cache under test, over the archive under test; klepto's null archive is none at all.
 *
 * <p>Klepto's cache object is its memory, so that memory alone is read here.
 */
final class ReplayedCache extends CacheParty implements AutoCloseable {
  private final Container container;
  private final KleptoCache<Object, Object> cache;
  private final Archive<Object, Object> archive;
  private Archive<Object, Object> dictionary;

  ReplayedCache(Container container, CacheManager manager) {
    this.container = container;
    @SuppressWarnings("unchecked") // of a cache with these types
    KleptoCache<Object, Object> unwrapped =
        manager
            .createCache(
                container.place().toString(),
                KleptoConfiguration.builder(Object.class, Object.class)
                    .archiveMode(ArchiveMode.ON_EVICT)
                    .build())
            .unwrap(KleptoCache.class);
    this.cache = unwrapped;
    if (container.counterpart().kind() == Kind.NULL) {
      this.archive = null;
    } else {
      this.archive = container.open("replayed");
      cache.archive(archive);
    }
  }

  @Override
  Map<Object, Object> memory() {
    Map<Object, Object> entries = new LinkedHashMap<>();
    CacheMemory.entries(CacheMemory.of(cache))
        .forEach(node -> entries.put(node.key(), cache.lookup(node.key())));
    return entries;
  }

  @Override
  Map<Object, Object> archive() {
    return cache.archive().<Map<Object, Object>>map(Archive::asMap).orElse(Map.of());
  }

  @Override
  void put(Object key, Object value) {
    cache.put(key, value);
  }

  @Override
  void remove(Object key) {
    cache.remove(key);
  }

  @Override
  void clear() {
    cache.evictAll(/* keepStatistics= */ false);
  }

  @Override
  void load(List<Object> keys) {
    if (keys.isEmpty()) {
      cache.load();
    } else {
      cache.load(new HashSet<>(keys));
    }
  }

  @Override
  void dump(List<Object> keys) {
    if (keys.isEmpty()) {
      cache.dump();
    } else {
      cache.dump(new HashSet<>(keys));
    }
  }

  @Override
  void sync(boolean clearArchiveFirst) {
    cache.sync(clearArchiveFirst);
  }

  @Override
  void drop() {
    try {
      cache.drop();
    } catch (IllegalStateException e) {
      throw (Raised) new Raised("ValueError").initCause(e);
    }
  }

  @Override
  boolean isArchived() {
    return cache.archived();
  }

  @Override
  void archived(boolean on) {
    try {
      cache.archived(on);
    } catch (IllegalStateException e) {
      throw (Raised) new Raised("ValueError").initCause(e);
    }
  }

  @Override
  void putInArchive(Object key, Object value) {
    cache.archive().ifPresent(attached -> attached.put(key, value));
  }

  @Override
  void attachDictionary() {
    dictionary =
        Counterpart.of("dict").open(container.place().resolve("dictionary"), "attached later");
    dictionary.putAll(NEWLY_ATTACHED);
    cache.archive(dictionary);
  }

  @Override
  String archiveType() {
    Archive<Object, Object> attached = cache.archive().orElse(null);
    if (attached == null) {
      return Kind.NULL.kleptoName();
    }
    return (attached == dictionary ? Kind.DICT : container.counterpart().kind()).kleptoName();
  }

  /** Closes the cache, which writes what it has to the archive, and destroys that. */
  @Override
  public void close() {
    cache.close();
    if (archive != null) {
      archive.drop();
    }
  }
}
