package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An archive as a {@link ConcurrentMap}: a view without state of its own.
 *
 * <p><b>Atomic methods</b> read the entry and write by compare-and-set on its version, and start
 * again if another thread or process was faster: a function may be called several times, and no
 * lock is held meanwhile.
 *
 * <p><b>Values are copies.</b> Each read decodes a new object, and changing it changes nothing
 * here. Therefore an array given to {@code remove}, {@code replace} or {@code containsValue} is
 * compared with the stored one by its elements, not by identity; all other values by {@code
 * equals}.
 *
 * <p><b>Expiry.</b> What is written through this view does not expire, also where it replaces an
 * entry that would have.
 *
 * <p>Keys and values are never null. An object that is not of the declared type is not a key here:
 * looked up or removed it is not found, and put it is a {@link ClassCastException}. {@link #size}
 * walks, and is {@link Integer#MAX_VALUE} for more. Views and iterators are weakly consistent. Any
 * number of threads may call at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class ArchiveMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
  private final StoreArchive<K, V> archive;

  ArchiveMap(StoreArchive<K, V> archive) {
    this.archive = archive;
  }

  StoreArchive<K, V> archive() {
    return archive;
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, archive.size());
  }

  @Override
  public boolean isEmpty() {
    try (LiveRecords records = archive.liveRecords()) {
      return records.next() == null;
    } catch (DamagedRecordException damaged) {
      // An entry that can't be read is there all the same.
      return false;
    }
  }

  @Override
  public boolean containsKey(Object key) {
    return isKey(key) && archive.contains(archive.format().checkedKey(key));
  }

  @Override
  public boolean containsValue(Object value) {
    requireNonNull(value, "value");
    EntryFormat<K, V> format = archive.format();
    try (LiveRecords records = archive.liveRecords()) {
      for (StoreRecord record = records.next(); record != null; record = records.next()) {
        if (Objects.deepEquals(format.value(record), value)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public V get(Object key) {
    return isKey(key) ? archive.get(archive.format().checkedKey(key)) : null;
  }

  @Override
  public V getOrDefault(Object key, V defaultValue) {
    V value = get(key);
    return value == null ? defaultValue : value;
  }

  @Override
  public V put(K key, V value) {
    while (true) {
      ArchiveEntry<K, V> entry = archive.entry(key);
      if (set(key, entry, value)) {
        return valueOf(entry);
      }
    }
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    archive.putAll(entries);
  }

  @Override
  public V putIfAbsent(K key, V value) {
    requireNonNull(value, "value");
    while (true) {
      ArchiveEntry<K, V> entry = archive.entry(key);
      if (entry != null) {
        return entry.value();
      }
      if (set(key, null, value)) {
        return null;
      }
    }
  }

  @Override
  public V remove(Object key) {
    if (!isKey(key)) {
      return null;
    }
    K checkedKey = archive.format().checkedKey(key);
    while (true) {
      ArchiveEntry<K, V> entry = archive.entry(checkedKey);
      if (entry == null || archive.compareAndRemove(checkedKey, entry.version())) {
        return valueOf(entry);
      }
    }
  }

  /** Removes a key without a look at its value, and returns whether it was there. */
  boolean removeKey(Object key) {
    return isKey(key) && archive.remove(archive.format().checkedKey(key));
  }

  @Override
  public boolean remove(Object key, Object value) {
    if (!isKey(key) || value == null) {
      return false;
    }
    K checkedKey = archive.format().checkedKey(key);
    while (true) {
      ArchiveEntry<K, V> entry = archive.entry(checkedKey);
      if (!isSame(entry, value)) {
        return false;
      }
      if (archive.compareAndRemove(checkedKey, entry.version())) {
        return true;
      }
    }
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    requireNonNull(oldValue, "oldValue");
    requireNonNull(newValue, "newValue");
    while (true) {
      ArchiveEntry<K, V> entry = archive.entry(key);
      if (!isSame(entry, oldValue)) {
        return false;
      }
      if (set(key, entry, newValue)) {
        return true;
      }
    }
  }

  @Override
  public V replace(K key, V value) {
    requireNonNull(value, "value");
    while (true) {
      ArchiveEntry<K, V> entry = archive.entry(key);
      if (entry == null || set(key, entry, value)) {
        return valueOf(entry);
      }
    }
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    requireNonNull(function, "function");
    for (K key : keySet()) {
      computeIfPresent(key, (k, value) -> requireNonNull(function.apply(k, value), "new value"));
    }
  }

  @Override
  public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
    requireNonNull(function, "function");
    V present = get(key);
    if (present != null) {
      return present;
    }
    V computed = function.apply(key);
    if (computed == null) {
      return null;
    }
    V faster = putIfAbsent(key, computed);
    return faster == null ? computed : faster;
  }

  @Override
  public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    requireNonNull(function, "function");
    return computed(key, (k, value) -> value == null ? null : function.apply(k, value));
  }

  @Override
  public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    requireNonNull(function, "function");
    return computed(key, function);
  }

  @Override
  public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
    requireNonNull(value, "value");
    requireNonNull(function, "function");
    return computed(key, (k, old) -> old == null ? value : function.apply(old, value));
  }

  private V computed(K key, BiFunction<? super K, ? super V, ? extends V> function) {
    while (true) {
      ArchiveEntry<K, V> entry = archive.entry(key);
      V value = function.apply(key, valueOf(entry));
      if (value == null) {
        if (entry == null || archive.compareAndRemove(key, entry.version())) {
          return null;
        }
      } else if (set(key, entry, value)) {
        return value;
      }
    }
  }

  @Override
  public void clear() {
    archive.clear();
  }

  @Override
  public Set<K> keySet() {
    return new ArchiveKeySet<>(this);
  }

  @Override
  public Collection<V> values() {
    return new ArchiveValues<>(this);
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new ArchiveEntrySet<>(this);
  }

  private boolean isKey(Object key) {
    return archive.format().isKey(requireNonNull(key, "key"));
  }

  /** Writes a value in the place of an entry, null for none, if that is still there. */
  private boolean set(K key, ArchiveEntry<K, V> expected, V value) {
    long version = expected == null ? Store.ABSENT : expected.version();
    return archive.compareAndSet(key, version, value, archive.eternalFromNow()).isPresent();
  }

  private static boolean isSame(ArchiveEntry<?, ?> entry, Object value) {
    return entry != null && Objects.deepEquals(entry.value(), value);
  }

  private static <V> V valueOf(ArchiveEntry<?, V> entry) {
    return entry == null ? null : entry.value();
  }
}
