package io.klepto.jcache.event;

import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;

/**
 * One change of one entry, as listeners and filters see it.
 *
 * <p>Source: JSR-107 1.1, {@code CacheEntryEvent}. The old value counts as available if the cache
 * supplied one. For removed and expired entries the value is the old value, available or not;
 * created entries have no old value.
 *
 * <p>Immutable, and shared by all listeners of the change. What it carries is not serializable with
 * it: like the source of any {@code EventObject}, key and values are transient.
 */
final class EntryEvent<K, V> extends CacheEntryEvent<K, V> {
  private static final long serialVersionUID = 1L;

  private final transient K key;
  private final transient V value;
  private final transient V oldValue;

  /** Makes the event of a change; {@code oldValue} is null if there is none, or none is known. */
  EntryEvent(Cache<K, V> source, EventType type, K key, V value, V oldValue) {
    super(source, type);
    this.key = key;
    this.value = value;
    this.oldValue = oldValue;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public V getOldValue() {
    return oldValue;
  }

  @Override
  public boolean isOldValueAvailable() {
    return oldValue != null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException(
        "cannot unwrap the event "
            + this
            + ": expected a supertype of "
            + getClass().getName()
            + ", found "
            + type.getName());
  }

  /** Returns type, key and cache, for messages; the values are left out, they may be large. */
  @Override
  public String toString() {
    return getEventType() + " of key " + keyText() + " in cache " + getSource().getName();
  }

  /** A key whose {@code toString} fails must not hide the failure that is being reported. */
  private String keyText() {
    try {
      return String.valueOf(key);
    } catch (RuntimeException e) {
      return "of " + key.getClass() + " (its toString failed: " + e + ")";
    }
  }
}
