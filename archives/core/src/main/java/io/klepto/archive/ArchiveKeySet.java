package io.klepto.archive;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;

/**
 * The keys of an {@link ArchiveMap}: a view without state of its own. Values are not decoded.
 *
 * @param <K> the type of the keys
 */
final class ArchiveKeySet<K> extends AbstractSet<K> {
  private final ArchiveMap<K, ?> map;

  ArchiveKeySet(ArchiveMap<K, ?> map) {
    this.map = map;
  }

  @Override
  public Iterator<K> iterator() {
    return new RecordIterator<>(map.archive(), map.archive().format()::key);
  }

  /** Does not know its size, which may change under the walk. */
  @Override
  public Spliterator<K> spliterator() {
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
  public boolean contains(Object key) {
    return map.containsKey(key);
  }

  @Override
  public boolean remove(Object key) {
    return map.removeKey(key);
  }

  @Override
  public void clear() {
    map.clear();
  }
}
