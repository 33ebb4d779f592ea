package io.klepto.jcache.copy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Collections of the JDK that start empty and are filled in the order of their iteration. */
final class CollectionShape extends Composite {
  private final UnaryOperator<Collection<Object>> empty;

  /**
   * @param empty makes an empty collection that is otherwise as the given one: capacity, comparator
   */
  CollectionShape(Making making, UnaryOperator<Collection<Object>> empty) {
    super(making);
    this.empty = empty;
  }

  @Override
  Object[] parts(Object original, ClassLoader loader) {
    return ((Collection<?>) original).toArray();
  }

  @Override
  Object shell(Object original) {
    return empty.apply(cast(original));
  }

  @Override
  Object fill(Object original, Object shell, Object[] copies) {
    Collection<Object> collection = cast(shell);
    if (!collection.isEmpty()) {
      collection.clear();
    }
    collection.addAll(Arrays.asList(copies));
    return shell;
  }

  @Override
  boolean isSettled(Object copy, Object[] copies) {
    return !(copy instanceof Set<?> set)
        || (set.size() == copies.length && set.containsAll(Arrays.asList(copies)));
  }

  @SuppressWarnings("unchecked") // only objects of the collection itself go into it
  private static Collection<Object> cast(Object collection) {
    return (Collection<Object>) collection;
  }
}
