package io.klepto.memoize;

import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * What a function does that is remembered in a dictionary: read, evaluate, write, as its access
 * says. Any number of threads may call; those that miss the same key at once all compute it.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the results
 */
final class DictCalls<K, V> {
  private final DictStorage<K, V> storage;
  private final Access access;

  DictCalls(DictStorage<K, V> storage, Access access) {
    this.storage = storage;
    this.access = access;
  }

  /**
   * Returns the stored result of a key, or else what the function gives, which is stored.
   *
   * @throws NoSuchElementException if nothing is found and the function may not be called
   */
  V call(K key, Supplier<? extends V> function) {
    if (access.reads()) {
      DictStorage.Found<V> found = storage.read(key);
      if (found.isThere()) {
        return found.value();
      }
    }
    if (!access.evaluates()) {
      throw new NoSuchElementException(
          "%s: expected a result for key %s, found none, and access \"%s\" does not evaluate; add e"
              .formatted(storage, key, access));
    }
    V result = function.get();
    if (access.writes()) {
      storage.write(key, storage.checkedValue(result));
    }
    return result;
  }
}
