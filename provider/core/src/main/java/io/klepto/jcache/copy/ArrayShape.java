package io.klepto.jcache.copy;

import java.lang.reflect.Array;

/** Arrays: those of primitives and immutable values in one step, others element by element. */
final class ArrayShape extends Composite {
  private static final ArrayShape OF_OBJECTS = new ArrayShape();

  private ArrayShape() {
    super(Making.PATCHED);
  }

  static Shape of(Class<?> type) {
    Class<?> component = type.getComponentType();
    if (component == byte.class) {
      return Leaf.of(original -> ((byte[]) original).clone());
    } else if (component == int.class) {
      return Leaf.of(original -> ((int[]) original).clone());
    } else if (component == long.class) {
      return Leaf.of(original -> ((long[]) original).clone());
    } else if (component == double.class) {
      return Leaf.of(original -> ((double[]) original).clone());
    } else if (component == float.class) {
      return Leaf.of(original -> ((float[]) original).clone());
    } else if (component == char.class) {
      return Leaf.of(original -> ((char[]) original).clone());
    } else if (component == short.class) {
      return Leaf.of(original -> ((short[]) original).clone());
    } else if (component == boolean.class) {
      return Leaf.of(original -> ((boolean[]) original).clone());
    } else if (ImmutableTypes.holdsOnlyImmutables(component)) {
      return Leaf.of(original -> ((Object[]) original).clone());
    }
    return OF_OBJECTS;
  }

  @Override
  Object[] parts(Object original, ClassLoader loader) {
    return (Object[]) original;
  }

  @Override
  Object shell(Object original) {
    Object[] array = (Object[]) original;
    return Array.newInstance(array.getClass().getComponentType(), array.length);
  }

  @Override
  Object fill(Object original, Object shell, Object[] copies) {
    System.arraycopy(copies, 0, shell, 0, copies.length);
    return shell;
  }
}
