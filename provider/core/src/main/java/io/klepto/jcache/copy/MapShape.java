package io.klepto.jcache.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Maps of the JDK that start empty and are filled in the order of their iteration. */
final class MapShape extends Composite {
  private final UnaryOperator<Map<Object, Object>> empty;

  /**
   * @param empty makes an empty map that is otherwise as the given one: capacity, comparator, order
   */
  MapShape(Making making, UnaryOperator<Map<Object, Object>> empty) {
    super(making);
    this.empty = empty;
  }

  @Override
  Object[] parts(Object original, ClassLoader loader) {
    return flatten((Map<?, ?>) original);
  }

  @Override
  Object shell(Object original) {
    return empty.apply(cast(original));
  }

  @Override
  Object fill(Object original, Object shell, Object[] copies) {
    Map<Object, Object> map = cast(shell);
    if (!map.isEmpty()) {
      map.clear();
    }
    for (int i = 0; i < copies.length; i += 2) {
      map.put(copies[i], copies[i + 1]);
    }
    return shell;
  }

  @Override
  boolean isSettled(Object copy, Object[] copies) {
    return holdsAll((Map<?, ?>) copy, copies);
  }

  /** Returns keys and values by turns. A map may grow or shrink meanwhile if it is concurrent. */
  static Object[] flatten(Map<?, ?> map) {
    List<Object> parts = new ArrayList<>(2 * map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      parts.add(entry.getKey());
      parts.add(entry.getValue());
    }
    return parts.toArray();
  }

  /** Returns whether a map finds all these keys and no others. */
  static boolean holdsAll(Map<?, ?> map, Object[] keysAndValues) {
    if (map.size() != keysAndValues.length / 2) {
      return false;
    }
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (!map.containsKey(keysAndValues[i])) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked") // only objects of the map itself go into it
  private static Map<Object, Object> cast(Object map) {
    return (Map<Object, Object>) map;
  }
}
