package io.klepto.archive;

import static java.util.Objects.requireNonNull;

import io.klepto.archive.store.StoreRecord;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;

/**
 * The entries of an {@link ArchiveMap}: a view without state of its own. An entry keeps the value
 * that it was read with; {@code setValue} puts into the archive, also if the key was removed
 * meanwhile.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class ArchiveEntrySet<K, V> extends AbstractSet<Map.Entry<K, V>> {
  private final ArchiveMap<K, V> map;

  ArchiveEntrySet(ArchiveMap<K, V> map) {
    this.map = map;
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return new RecordIterator<>(map.archive(), this::entry);
  }

  private Map.Entry<K, V> entry(StoreRecord record) {
    EntryFormat<K, V> format = map.archive().format();
    return new WritableEntry<>(map.archive(), format.key(record), format.value(record));
  }

  /** Does not know its size, which may change under the walk. */
  @Override
  public Spliterator<Map.Entry<K, V>> spliterator() {
    return Spliterators.spliteratorUnknownSize(
        iterator(), Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.CONCURRENT);
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean isEmpty() {
    return map.isEmpty();
  }

  @Override
  public boolean contains(Object object) {
    if (!(object instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
      return false;
    }
    V value = map.get(entry.getKey());
    return value != null && Objects.deepEquals(value, entry.getValue());
  }

  @Override
  public boolean remove(Object object) {
    return object instanceof Map.Entry<?, ?> entry
        && entry.getKey() != null
        && map.remove(entry.getKey(), entry.getValue());
  }

  @Override
  public void clear() {
    map.clear();
  }

  private static final class WritableEntry<K, V> extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // written as a SimpleEntry, see writeReplace
    private final StoreArchive<K, V> archive;

    WritableEntry(StoreArchive<K, V> archive, K key, V value) {
      super(key, value);
      this.archive = archive;
    }

    @Override
    public V setValue(V value) {
      archive.put(getKey(), requireNonNull(value, "value"));
      return super.setValue(value);
    }

    private Object writeReplace() {
      return new SimpleEntry<>(this);
    }
  }
}
