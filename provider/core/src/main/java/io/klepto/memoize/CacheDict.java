package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import io.klepto.keymap.KeyBytes;
import java.lang.invoke.MethodType;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A map that is read when it is opened and written when it is closed, for try-with-resources; or
 * the same storage behind a function, read and written at each call.
 *
 * <p>Values may be null, which is not the same as no value: {@link #containsKey} tells. Keys are
 * compared by their canonical bytes ({@link io.klepto.keymap.CanonicalEncoder}), so that arrays and
 * lists are keys too. Entries are in the order in which they were put in; what was read comes
 * first, in no particular order.
 *
 * <p><b>Writing.</b> {@link #close} and {@link #save} write what was changed, all or nothing where
 * the back-end writes batches at once, as a file does. Entries that this map has not changed stay
 * as they are: several processes that change different keys lose nothing, and of changes of the
 * same key the last to be written stays. If a value can't be encoded, or the disk is full, that is
 * thrown by name, the file stays as it was, and the map goes on: take the value out and save again.
 * A value that was changed in place, after it was put or read, must be put again to be written.
 * Without write access nothing is written; without read access the map begins empty, and the
 * entries that are there stay.
 *
 * <p>Source: pecapiku's {@code CacheDict}. Deviations: that writes the whole file anew and loses
 * the others' entries, all of them without read access; it stores a mark for each key that was
 * looked for in vain, and ruins the file if a value can't be stored.
 *
 * <p>Not thread-safe, but for the functions that {@link CacheDictBuilder} makes.
 *
 * @param <K> the type of the keys, never null
 * @param <V> the type of the values
 */
public final class CacheDict<K, V> extends AbstractMap<K, V> implements AutoCloseable {
  private final DictStorage<K, V> storage;
  private final Access access;
  private final Map<KeyBytes, Item> items = new LinkedHashMap<>();
  private final Map<KeyBytes, K> changed = new LinkedHashMap<>();
  private boolean closed;

  CacheDict(DictStorage<K, V> storage, Access access) {
    this.storage = storage;
    this.access = access;
    if (access.reads()) {
      storage.readAll((key, value) -> items.put(storage.bytesOf(key), new Item(key, value)));
    }
  }

  /**
   * Starts a dictionary.
   *
   * @param name the name of its file, without suffix, as a path within the cache directory
   * @param keyType the type of the keys
   * @param valueType the type of the values, but for null
   */
  public static <K, V> CacheDictBuilder<K, V> builder(
      String name, Class<K> keyType, Class<V> valueType) {
    return new CacheDictBuilder<>(name, wrapped(keyType), wrapped(valueType));
  }

  @SuppressWarnings("unchecked") // int.class and Integer.class are both a Class<Integer>
  static <T> Class<T> wrapped(Class<T> type) {
    return (Class<T>) MethodType.methodType(type).wrap().returnType();
  }

  /** One entry; a value that is set counts as changed. */
  private final class Item implements Map.Entry<K, V> {
    private final K key;
    private V value;

    Item(K key, V value) {
      this.key = key;
      this.value = value;
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
    public V setValue(V newValue) {
      checkOpen();
      V old = value;
      value = storage.checkedValue(newValue);
      changed.put(storage.bytesOf(key), key);
      return old;
    }

    @Override
    public boolean equals(Object other) {
      return new SimpleImmutableEntry<>(this).equals(other);
    }

    @Override
    public int hashCode() {
      return new SimpleImmutableEntry<>(this).hashCode();
    }

    @Override
    public String toString() {
      return key + "=" + value;
    }
  }

  @Override
  public V get(Object key) {
    Item item = item(key);
    return item == null ? null : item.value;
  }

  @Override
  public boolean containsKey(Object key) {
    return item(key) != null;
  }

  private Item item(Object key) {
    checkOpen();
    return isKey(key) ? items.get(bytesOf(key)) : null;
  }

  private boolean isKey(Object key) {
    return storage.isKey(requireNonNull(key, "key"));
  }

  @SuppressWarnings("unchecked") // isKey was asked
  private KeyBytes bytesOf(Object key) {
    return storage.bytesOf((K) key);
  }

  /**
   * Puts a value in, and returns the one before, or null.
   *
   * @param key not null
   * @param value may be null
   * @throws io.klepto.keymap.KeyEncodingException if the key has no canonical bytes
   * @throws ClassCastException if key or value are not of the declared type
   */
  @Override
  public V put(K key, V value) {
    checkOpen();
    if (!isKey(key)) {
      throw new ClassCastException(
          "%s: expected another type of key, found %s".formatted(this, key.getClass().getName()));
    }
    KeyBytes bytes = storage.bytesOf(key);
    Item item = items.get(bytes);
    if (item != null) {
      return item.setValue(value);
    }
    items.put(bytes, new Item(key, storage.checkedValue(value)));
    changed.put(bytes, key);
    return null;
  }

  @Override
  public V remove(Object key) {
    checkOpen();
    if (!isKey(key)) {
      return null;
    }
    KeyBytes bytes = bytesOf(key);
    Item item = items.remove(bytes);
    if (item == null) {
      return null;
    }
    changed.put(bytes, item.key);
    return item.value;
  }

  @Override
  public int size() {
    checkOpen();
    return items.size();
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    checkOpen();
    return new Entries();
  }

  /** The view of the entries: what is removed here is removed there. */
  private final class Entries extends AbstractSet<Map.Entry<K, V>> {
    @Override
    public int size() {
      return items.size();
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
      Iterator<Map.Entry<KeyBytes, Item>> all = items.entrySet().iterator();
      return new Iterator<>() {
        private Map.Entry<KeyBytes, Item> last;

        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
          last = all.next();
          return last.getValue();
        }

        @Override
        public void remove() {
          checkOpen();
          all.remove();
          changed.put(last.getKey(), last.getValue().key);
        }
      };
    }
  }

  /**
   * Writes what was changed since the map was opened or saved, if it may write; the map stays open.
   *
   * @throws io.klepto.archive.ArchiveException if a value can't be encoded or the archive fails;
   *     the changes are still to be saved then
   */
  public void save() {
    checkOpen();
    if (!access.writes() || changed.isEmpty()) {
      return;
    }
    Map<K, V> written = new LinkedHashMap<>();
    Set<K> removed = new LinkedHashSet<>();
    changed.forEach(
        (bytes, key) -> {
          Item item = items.get(bytes);
          if (item == null) {
            removed.add(key);
          } else {
            written.put(key, item.value);
          }
        });
    storage.change(written, removed);
    changed.clear();
  }

  /**
   * Saves and ends the map; a second call does nothing.
   *
   * @throws io.klepto.archive.ArchiveException as {@link #save} does; the map stays open then
   */
  @Override
  public void close() {
    if (!closed) {
      save();
      closed = true;
      items.clear();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("cache dict " + storage + " is closed");
    }
  }
}
