package io.klepto.jcache;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.cache.Cache;

/**
 * What our caches can do beyond JSR-107; {@code cache.unwrap(KleptoCache.class)} gives it.
 *
 * <p>Source: the methods that klepto puts on a decorated function. Any number of threads may call.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface KleptoCache<K, V> extends Cache<K, V> {
  /**
   * Returns the value of a key; if neither memory nor archive has one, computes it and keeps it as
   * a put would, but for the application's writer. The configured loader is not asked.
   *
   * <p>Threads that ask for one key at the same time compute it once and get the same value. The
   * function runs without any lock, and may ask the cache for other keys.
   *
   * @param key not null
   * @param function computes the value; null from it is returned, and nothing is kept
   * @throws RuntimeException what the function throws, unchanged, for each thread that waits for
   *     it; nothing is kept then
   * @throws IllegalStateException if the function asks for its own key, or if functions of several
   *     threads wait for each other in a circle
   * @throws javax.cache.integration.CacheLoaderException if the archive can't be read
   * @throws javax.cache.integration.CacheWriterException if the archive can't be written; the value
   *     is lost then, except to those who waited
   */
  V getOrCompute(K key, Function<? super K, ? extends V> function);

  /** Returns klepto's numbers. */
  CacheInfo info();

  /**
   * Returns the value in memory, or null: no archive, no loader, no statistics, and it is not a
   * use.
   *
   * @param key not null
   */
  V lookup(K key);

  /**
   * Empties memory, and nothing else: the archive keeps its entries, no listener and no writer is
   * told. klepto calls this {@code clear}.
   *
   * @param keepStatistics false sets the counters to zero as well
   */
  void evictAll(boolean keepStatistics);

  /** Returns the archive that is attached, if there is one. It is closed with the cache. */
  Optional<Archive<K, V>> archive();

  /**
   * Attaches an archive in place of what was attached or set aside, which stays open and is the
   * caller's from here on; the new one is closed with the cache. Calls that run at the same time
   * may still act on the one before.
   *
   * @throws IllegalStateException if the cache was configured with neither an archive nor an
   *     archive mode
   * @throws IllegalArgumentException if the archive does not transform keys as the cache does
   */
  void archive(Archive<K, V> archive);

  /**
   * Opens an archive with the codec, the keys and the other settings of this cache, attaches it,
   * and closes what was attached or set aside; memory stays, and is to be dumped anew.
   *
   * @param location the container; its scheme chooses the back-end
   * @throws io.klepto.archive.ArchiveException if it can't be opened; nothing has changed then
   * @throws IllegalStateException if the cache was configured with neither an archive nor an
   *     archive mode
   */
  void open(URI location);

  /**
   * Opens an archive, attaches it, and closes what was attached or set aside; see {@link
   * #open(URI)}.
   *
   * @param location the container
   * @param configuration types, namespace, codec, and the keys, which must be as the cache's are
   * @throws IllegalArgumentException if the archive does not transform keys as the cache does;
   *     nothing has changed then
   */
  void open(URI location, ArchiveConfiguration<K, V> configuration);

  /**
   * Returns the key under which the entry of a key lives, in memory and archive: what the cache's
   * key transform makes of it, or if there is none, the same key. Keys with equal answers share an
   * entry.
   *
   * @throws javax.cache.CacheException if the key can't be transformed
   */
  Object key(K key);

  /** Returns whether an archive is attached. */
  boolean archived();

  /**
   * Takes the archive off and sets it aside, or puts it on again.
   *
   * @throws IllegalStateException if it is to be put on again and there is none
   */
  void archived(boolean on);

  /** Does what {@link #load(ProgressListener)} does, telling nobody. */
  default void load() {
    load(ProgressListener.NONE);
  }

  /**
   * Brings entries from the archive into memory, until memory is full; no entry is evicted for it.
   * What memory has newer stays. Does nothing while no archive is attached.
   *
   * <p>Long work is done by several threads, no more than there are processors. Entries that can't
   * be read because they are damaged are passed over, and the first failure is thrown at the end.
   *
   * @param listener is told how far it is
   * @throws javax.cache.integration.CacheLoaderException if the archive can't be read
   */
  void load(ProgressListener listener);

  /** Brings the entries of these keys from the archive into memory, as far as there is room. */
  void load(Set<? extends K> keys);

  /** Does what {@link #dump(ProgressListener)} does, telling nobody. */
  default void dump() {
    dump(ProgressListener.NONE);
  }

  /**
   * Writes the entries of memory to the archive, those that differ from it. Does nothing while no
   * archive is attached.
   *
   * <p>Entries are written in batches, each under the locks of its keys, and long work is done by
   * several threads, no more than there are processors. If some entries can't be written the others
   * are, and the first failure is thrown at the end.
   *
   * @param listener is told how far it is
   * @throws javax.cache.integration.CacheWriterException if the archive can't be written
   */
  void dump(ProgressListener listener);

  /** Writes the entries of these keys to the archive, those that memory has and that differ. */
  void dump(Set<? extends K> keys);

  /** Does what {@link #sync(boolean, ProgressListener)} does, telling nobody. */
  default void sync(boolean clearArchiveFirst) {
    sync(clearArchiveFirst, ProgressListener.NONE);
  }

  /**
   * Loads, then dumps.
   *
   * @param clearArchiveFirst whether the archive is emptied before, so that it holds what memory
   *     holds
   * @param listener is told how far each of the two is
   */
  void sync(boolean clearArchiveFirst, ProgressListener listener);

  /**
   * Takes the archive off and destroys it with all its entries; memory stays.
   *
   * @throws IllegalStateException if none is attached
   */
  void drop();
}
