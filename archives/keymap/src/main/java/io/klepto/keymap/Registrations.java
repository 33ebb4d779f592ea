package io.klepto.keymap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The types for which a {@link KeyEncoder} is registered. The most specific type that fits a key
 * wins.
 *
 * <p>What is kept per class is a number alone, so that no class holds an encoder or its loader.
 * Immutable and safe for use by many threads.
 */
final class Registrations {
  /** The answer for a class that no registered type fits. */
  static final int NONE = -1;

  private static final int AMBIGUOUS = -2;

  private final List<Class<?>> types;
  private final List<KeyEncoder<?>> encoders;
  private final ClassValue<Integer> byClass =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return mostSpecific(type);
        }
      };

  Registrations(Map<Class<?>, KeyEncoder<?>> encoders) {
    this.types = List.copyOf(encoders.keySet());
    this.encoders = types.stream().<KeyEncoder<?>>map(encoders::get).toList();
  }

  /** Returns whether a registered type fits a class, more than one included. */
  boolean fits(Class<?> type) {
    return !types.isEmpty() && byClass.get(type) != NONE;
  }

  /**
   * Returns the number of the registration for a class, or {@link #NONE}.
   *
   * @throws Refusal if several fit and none is the most specific
   */
  int indexOf(Class<?> type) {
    if (types.isEmpty()) {
      return NONE;
    }
    int index = byClass.get(type);
    if (index == AMBIGUOUS) {
      throw new Refusal(
          "class "
              + type.getName()
              + ": expected one KeyEncoder, found several of equal right, for "
              + fitting(type)
              + "; register one for the class itself");
    }
    return index;
  }

  /** Returns the registered type of a number. */
  Class<?> type(int index) {
    return types.get(index);
  }

  /** Returns the parts of a key by the registration of a number. */
  Object parts(int index, Object key) {
    return partsBy(encoders.get(index), key);
  }

  // The builder accepts only encoders of the type or its supertypes, and indexOf only subtypes.
  @SuppressWarnings("unchecked")
  private static <T> Object partsBy(KeyEncoder<T> encoder, Object key) {
    return encoder.parts((T) key);
  }

  private int mostSpecific(Class<?> type) {
    List<Class<?>> fitting = fitting(type);
    for (Class<?> candidate : fitting) {
      if (fitting.stream().allMatch(other -> other.isAssignableFrom(candidate))) {
        return types.indexOf(candidate);
      }
    }
    return fitting.isEmpty() ? NONE : AMBIGUOUS;
  }

  private List<Class<?>> fitting(Class<?> type) {
    List<Class<?>> fitting = new ArrayList<>();
    for (Class<?> registered : types) {
      if (registered.isAssignableFrom(type)) {
        fitting.add(registered);
      }
    }
    return fitting;
  }
}
