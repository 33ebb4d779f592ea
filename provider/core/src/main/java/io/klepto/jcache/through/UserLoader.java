package io.klepto.jcache.through;

import io.klepto.jcache.config.FunctionLoader;
import java.util.HashMap;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/**
 * The application's loader, with its exceptions as JSR-107 prescribes (section 8.1.1): whatever it
 * throws reaches the caller as {@link CacheLoaderException}. As safe for many threads as it is.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class UserLoader<K, V> {
  private final CacheLoader<K, V> loader;

  /** Wraps a loader. */
  public UserLoader(CacheLoader<K, V> loader) {
    this.loader = loader;
  }

  /** Returns the value that the loader gives for a key; null if it has none. */
  public V load(K key) {
    try {
      return loader.load(key);
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("the loader failed for key " + key + ": " + e, e);
    }
  }

  /** Returns what the loader gives for the keys; those that it has none for are left out. */
  public Map<K, V> loadAll(Iterable<? extends K> keys) {
    Map<K, V> loaded;
    try {
      loaded = loader.loadAll(keys);
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("the loader failed for keys " + keys + ": " + e, e);
    }
    Map<K, V> present = new HashMap<>();
    if (loaded != null) {
      loaded.forEach(
          (key, value) -> {
            if (key != null && value != null) {
              present.put(key, value);
            }
          });
    }
    return present;
  }

  /**
   * Returns whether a batch is nothing to this loader, so that keys are better loaded one by one.
   */
  public boolean isKeyByKey() {
    return loader instanceof FunctionLoader;
  }

  /** Returns the application's object, to be closed with the cache. */
  public Object unwrap() {
    return loader;
  }
}
