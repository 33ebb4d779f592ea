package io.klepto.jcache;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * Checks what callers hand in: nothing null, and of the configured types (JSR-107 section 2.3).
 * Immutable.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Arguments<K, V> {
  private final String cacheName;
  private final Class<K> keyType;
  private final Class<V> valueType;

  Arguments(String cacheName, Class<K> keyType, Class<V> valueType) {
    this.cacheName = cacheName;
    this.keyType = keyType;
    this.valueType = valueType;
  }

  void checkKeys(Set<? extends K> keys) {
    requireNonNull(keys, "keys");
    for (K key : keys) {
      checkKey(key);
    }
  }

  void checkKey(K key) {
    check("key", key, keyType);
  }

  void checkValue(V value) {
    check("value", value, valueType);
  }

  private void check(String subject, Object object, Class<?> type) {
    if (object == null) {
      throw new NullPointerException("cache " + cacheName + ": the " + subject + " is null");
    }
    if (!type.isInstance(object)) {
      throw new ClassCastException(
          "cache "
              + cacheName
              + ": the "
              + subject
              + " is of a wrong type: expected "
              + type.getName()
              + ", found "
              + object.getClass().getName());
    }
  }
}
