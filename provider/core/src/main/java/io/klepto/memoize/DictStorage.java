package io.klepto.memoize;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.Archives;
import io.klepto.archive.store.LocationName;
import io.klepto.archive.store.PathLocation;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The archive of a dictionary with null values, open for the time of each call alone: nobody is
 * kept out while a function computes, and nothing is left open.
 *
 * <p>A null is stored as a mark. So is, for a moment, a removal among other changes: all of them go
 * into one batch, so that a crash leaves all or none, and what is marked as removed is then
 * removed.
 *
 * <p>Any number of threads and processes may call at once, if the back-end allows many processes.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class DictStorage<K, V> {
  private final URI location;
  private final ArchiveConfiguration<K, Object> configuration;
  private final Class<V> valueType;

  DictStorage(URI location, ArchiveConfiguration<K, Object> configuration, Class<V> valueType) {
    this.location = location;
    this.configuration = configuration;
    this.valueType = valueType;
  }

  /**
   * What was found.
   *
   * @param isThere whether there is a value
   * @param value the value, which may be null
   */
  record Found<V>(boolean isThere, V value) {
    static <V> Found<V> nothing() {
      return new Found<>(false, null);
    }
  }

  /** Returns the canonical bytes of a key, which decide equality. */
  KeyBytes bytesOf(K key) {
    return configuration.keyEncoder().encode(key);
  }

  /** Returns whether an object can be a key here. */
  boolean isKey(Object object) {
    return configuration.keyType().isInstance(object);
  }

  /** Returns a value that is one of the declared type, or null. */
  V checkedValue(Object value) {
    if (value != null && !valueType.isInstance(value)) {
      throw new ClassCastException(
          "%s: expected a value of %s, found one of %s"
              .formatted(this, valueType.getName(), value.getClass().getName()));
    }
    return valueType.cast(value);
  }

  Found<V> read(K key) {
    return isAbsent() ? Found.nothing() : with(archive -> found(key, archive.get(key)));
  }

  /** Gives each key and value to an action. */
  void readAll(BiConsumer<K, V> action) {
    if (!isAbsent()) {
      with(
          archive -> {
            walk(archive, action);
            return null;
          });
    }
  }

  private void walk(Archive<K, Object> archive, BiConsumer<K, V> action) {
    try (ArchiveCursor<K, Object> cursor = archive.cursor()) {
      for (ArchiveEntry<K, Object> entry = cursor.next(); entry != null; entry = cursor.next()) {
        Found<V> found = found(entry.key(), entry.value());
        if (found.isThere()) {
          action.accept(entry.key(), found.value());
        }
      }
    }
  }

  private Found<V> found(K key, Object stored) {
    if (stored == null || stored == DictMark.REMOVED) {
      return Found.nothing();
    }
    if (stored == DictMark.NULL) {
      return new Found<>(true, null);
    }
    if (!valueType.isInstance(stored)) {
      throw new ArchiveException(
          "%s: expected a value of %s for key %s, found one of %s; open it with the type that it was written with"
              .formatted(this, valueType.getName(), key, stored.getClass().getName()));
    }
    return new Found<>(true, valueType.cast(stored));
  }

  void write(K key, V value) {
    with(
        archive -> {
          archive.put(key, stored(value));
          return null;
        });
  }

  void remove(K key) {
    change(Map.of(), Set.of(key));
  }

  /** Writes and removes, all or nothing; what no change is about stays as it is. */
  void change(Map<K, V> written, Set<K> removed) {
    with(
        archive -> {
          Map<K, Object> batch = new LinkedHashMap<>();
          written.forEach((key, value) -> batch.put(key, stored(value)));
          boolean marking = written.size() + removed.size() > 1;
          if (marking) {
            removed.forEach(key -> batch.put(key, DictMark.REMOVED));
          }
          if (!batch.isEmpty()) {
            archive.putTogether(batch);
          }
          removed.forEach(key -> remove(archive, key, marking));
          return null;
        });
  }

  /** Another process may have written a value over the mark by now, which stays then. */
  private void remove(Archive<K, Object> archive, K key, boolean marked) {
    ArchiveEntry<K, Object> entry = archive.entry(key);
    if (entry != null && (!marked || entry.value() == DictMark.REMOVED)) {
      archive.compareAndRemove(key, entry.version());
    }
  }

  private static Object stored(Object value) {
    return value == null ? DictMark.NULL : value;
  }

  private <R> R with(Function<Archive<K, Object>, R> call) {
    try (Archive<K, Object> archive = Archives.open(location, configuration)) {
      return call.apply(archive);
    }
  }

  /** Returns whether there is nothing to read; opening would make an empty archive. */
  private boolean isAbsent() {
    String scheme = String.valueOf(location.getScheme());
    return (scheme.equalsIgnoreCase("file") || scheme.equalsIgnoreCase("dir"))
        && !Files.exists(PathLocation.containerOf(location));
  }

  @Override
  public String toString() {
    return LocationName.of(location);
  }
}
