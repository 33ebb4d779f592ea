package io.klepto.jcache.processor;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import javax.cache.processor.MutableEntry;

/**
 * The entry as an entry processor sees it: it remembers what has to be done, which is carried out
 * after the processor has returned normally, and not at all if it throws.
 *
 * <p>Used by the one thread that runs the processor, under the lock of the key.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class ProcessedEntry<K, V> implements MutableEntry<K, V> {
  /** What has to be done when the processor has returned. */
  public enum Outcome {
    /** Nothing: the entry was not touched, or created and removed again. */
    NOTHING,
    /** The entry was there and was read. */
    ACCESSED,
    /** The value came from the loader and stays. */
    LOADED,
    /** The value is a new one. */
    SET,
    /** The entry is to be removed. */
    REMOVED
  }

  private final K key;
  private final Class<V> valueType;
  private final boolean existed;
  private final Supplier<V> present;
  private final Supplier<V> load;
  private V value;
  private Outcome outcome = Outcome.NOTHING;

  /**
   * Makes the entry of a key.
   *
   * @param key the key as the processor gets it
   * @param valueType what a value must be an instance of
   * @param existed whether the entry is there, in memory or in the archive
   * @param present gives the value that is there, as the processor may keep it; asked at most once
   * @param load gives the value of the loader if the cache reads through, otherwise null; asked
   *     only if the entry is not there
   */
  public ProcessedEntry(
      K key, Class<V> valueType, boolean existed, Supplier<V> present, Supplier<V> load) {
    this.key = key;
    this.valueType = valueType;
    this.existed = existed;
    this.present = present;
    this.load = load;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public boolean exists() {
    return outcome == Outcome.NOTHING ? existed : value != null;
  }

  @Override
  public V getValue() {
    if (outcome == Outcome.NOTHING) {
      value = existed ? present.get() : load.get();
      if (value != null) {
        outcome = existed ? Outcome.ACCESSED : Outcome.LOADED;
      }
    }
    return value;
  }

  @Override
  public void setValue(V newValue) {
    requireNonNull(newValue, "value");
    if (!valueType.isInstance(newValue)) {
      throw new ClassCastException(
          "value for key "
              + key
              + ": expected "
              + valueType.getName()
              + ", found "
              + newValue.getClass().getName());
    }
    value = newValue;
    outcome = Outcome.SET;
  }

  @Override
  public void remove() {
    boolean onlyHere = !existed && (outcome == Outcome.SET || outcome == Outcome.LOADED);
    value = null;
    outcome = onlyHere ? Outcome.NOTHING : Outcome.REMOVED;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException("cannot unwrap a processed entry to " + type.getName());
  }

  /** Returns what has to be done. */
  public Outcome outcome() {
    return outcome;
  }

  /** Returns the value to set or to keep. */
  public V value() {
    return value;
  }
}
