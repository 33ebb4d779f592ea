package io.klepto.archive;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;

/**
 * The values of an {@link ArchiveMap}: a view without state of its own.
 *
 * @param <V> the type of the values
 */
final class ArchiveValues<V> extends AbstractCollection<V> {
  private final ArchiveMap<?, V> map;

  ArchiveValues(ArchiveMap<?, V> map) {
    this.map = map;
  }

  @Override
  public Iterator<V> iterator() {
    return new RecordIterator<>(map.archive(), map.archive().format()::value);
  }

  /** Does not know its size, which may change under the walk. */
  @Override
  public Spliterator<V> spliterator() {
    return Spliterators.spliteratorUnknownSize(
        iterator(), Spliterator.NONNULL | Spliterator.CONCURRENT);
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
  public boolean contains(Object value) {
    return map.containsValue(value);
  }

  @Override
  public void clear() {
    map.clear();
  }
}
