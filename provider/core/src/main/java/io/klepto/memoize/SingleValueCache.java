package io.klepto.memoize;

import java.util.NoSuchElementException;

/**
 * One value that is read when it is opened and written when it is closed, for try-with-resources;
 * or the same storage behind a supplier, read and written at each call.
 *
 * <p>The value may be null, which is not the same as none: {@link #isPresent} tells. It is the
 * entry of a {@link CacheDict} with text as keys, under the outer key; what is said there of
 * writing and of other processes holds here.
 *
 * <p>Source: pecapiku's {@code SingleValueCache}. Not thread-safe, but for the suppliers that
 * {@link SingleValueCacheBuilder} makes.
 *
 * @param <T> the type of the value
 */
public final class SingleValueCache<T> implements AutoCloseable {
  private final DictStorage<String, T> storage;
  private final Access access;
  private final String outerKey;
  private DictStorage.Found<T> current;
  private boolean changed;
  private boolean closed;

  SingleValueCache(DictStorage<String, T> storage, Access access, String outerKey) {
    this.storage = storage;
    this.access = access;
    this.outerKey = outerKey;
    this.current = access.reads() ? storage.read(outerKey) : DictStorage.Found.nothing();
  }

  /**
   * Starts a cache of one value.
   *
   * @param name the name of its file, without suffix, as a path within the cache directory
   * @param type the type of the value, but for null
   */
  public static <T> SingleValueCacheBuilder<T> builder(String name, Class<T> type) {
    return new SingleValueCacheBuilder<>(name, CacheDict.wrapped(type));
  }

  /** Returns whether there is a value, which may be null. */
  public boolean isPresent() {
    checkOpen();
    return current.isThere();
  }

  /**
   * Returns the value, which may be null.
   *
   * @throws NoSuchElementException if there is none
   */
  public T get() {
    if (!isPresent()) {
      throw new NoSuchElementException(
          "%s: expected a value for key %s, found none".formatted(storage, outerKey));
    }
    return current.value();
  }

  /** Returns the value, or another if there is none. */
  public T orElse(T other) {
    return isPresent() ? current.value() : other;
  }

  /**
   * Sets the value.
   *
   * @param value may be null
   * @throws ClassCastException if it is not of the declared type
   */
  public void set(T value) {
    checkOpen();
    current = new DictStorage.Found<>(true, storage.checkedValue(value));
    changed = true;
  }

  /** Takes the value out; does nothing if there is none. */
  public void remove() {
    if (isPresent()) {
      current = DictStorage.Found.nothing();
      changed = true;
    }
  }

  /**
   * Writes the value if it was set or taken out and may be written; the cache stays open.
   *
   * @throws io.klepto.archive.ArchiveException if it can't be encoded or the archive fails; what
   *     was stored is there unharmed
   */
  public void save() {
    checkOpen();
    if (access.writes() && changed) {
      if (current.isThere()) {
        storage.write(outerKey, current.value());
      } else {
        storage.remove(outerKey);
      }
      changed = false;
    }
  }

  /**
   * Saves and ends the cache; a second call does nothing.
   *
   * @throws io.klepto.archive.ArchiveException as {@link #save} does; the cache stays open then
   */
  @Override
  public void close() {
    if (!closed) {
      save();
      closed = true;
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("single value cache " + storage + " is closed");
    }
  }
}
