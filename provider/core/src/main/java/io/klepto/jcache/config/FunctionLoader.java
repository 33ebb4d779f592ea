package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;

/**
 * A loader that calls a function for each key. Our caches ask it key by key, also for many, so that
 * the function may itself ask the cache for other keys. As safe for many threads, and as
 * serialisable, as the function.
 *
 * @param function what computes the value of a key, not null; null from it means that there is none
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public record FunctionLoader<K, V>(Function<? super K, ? extends V> function)
    implements CacheLoader<K, V>, Serializable {
  private static final long serialVersionUID = 1L;

  /** Checks that there is a function. */
  public FunctionLoader {
    requireNonNull(function, "function");
  }

  @Override
  public V load(K key) {
    return function.apply(key);
  }

  @Override
  public Map<K, V> loadAll(Iterable<? extends K> keys) {
    Map<K, V> loaded = new HashMap<>();
    for (K key : keys) {
      V value = function.apply(key);
      if (value != null) {
        loaded.put(key, value);
      }
    }
    return loaded;
  }
}
