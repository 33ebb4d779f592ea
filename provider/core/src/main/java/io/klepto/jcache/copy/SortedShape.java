package io.klepto.jcache.copy;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * {@link TreeMap} and {@link TreeSet}, built from what is sorted already: no key is compared, so a
 * key whose order depends on parts that are still missing does no harm. The comparator is shared:
 * it is behaviour, not data.
 */
final class SortedShape extends Composite {
  static final SortedShape OF_MAP = new SortedShape(false);
  static final SortedShape OF_SET = new SortedShape(true);

  private final boolean set;

  private SortedShape(boolean set) {
    super(Making.FILLED);
    this.set = set;
  }

  @Override
  Object[] parts(Object original, ClassLoader loader) {
    return set ? ((TreeSet<?>) original).toArray() : MapShape.flatten((TreeMap<?, ?>) original);
  }

  @Override
  @SuppressWarnings("unchecked") // the elements are what the comparator is for
  Object shell(Object original) {
    return set
        ? new TreeSet<>((Comparator<Object>) ((TreeSet<?>) original).comparator())
        : new TreeMap<>((Comparator<Object>) ((TreeMap<?, ?>) original).comparator());
  }

  @Override
  @SuppressWarnings("unchecked") // the shell is made above
  Object fill(Object original, Object shell, Object[] copies) {
    if (set) {
      TreeSet<Object> target = (TreeSet<Object>) shell;
      Object[] pairs = new Object[2 * copies.length];
      for (int i = 0; i < copies.length; i++) {
        pairs[2 * i] = copies[i];
      }
      target.addAll(new TreeMap<>(new Sorted(pairs, target.comparator())).navigableKeySet());
    } else {
      TreeMap<Object, Object> target = (TreeMap<Object, Object>) shell;
      target.putAll(new Sorted(copies, target.comparator()));
    }
    return shell;
  }

  /** Keys and values by turns as a sorted map: as much of one as the JDK needs to build a tree. */
  @SuppressWarnings("JdkObsolete") // SortedMap is what the JDK looks for
  private static final class Sorted extends AbstractMap<Object, Object>
      implements SortedMap<Object, Object> {
    private final Object[] pairs;
    private final Comparator<? super Object> comparator;

    Sorted(Object[] pairs, Comparator<? super Object> comparator) {
      this.pairs = pairs;
      this.comparator = comparator;
    }

    @Override
    public Comparator<? super Object> comparator() {
      return comparator;
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Map.Entry<Object, Object>> iterator() {
          return IntStream.range(0, size()).mapToObj(Sorted.this::entry).iterator();
        }

        @Override
        public int size() {
          return pairs.length / 2;
        }
      };
    }

    private Map.Entry<Object, Object> entry(int index) {
      return new SimpleEntry<>(pairs[2 * index], pairs[2 * index + 1]);
    }

    @Override
    public SortedMap<Object, Object> subMap(Object fromKey, Object toKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SortedMap<Object, Object> headMap(Object toKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SortedMap<Object, Object> tailMap(Object fromKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object firstKey() {
      return pairs[0];
    }

    @Override
    public Object lastKey() {
      return pairs[pairs.length - 2];
    }
  }
}
