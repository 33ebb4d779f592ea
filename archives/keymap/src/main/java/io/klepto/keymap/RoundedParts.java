package io.klepto.keymap;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The rounding of what one argument holds; {@link Rounding} tells the rules. Not thread-safe, used
 * once.
 */
final class RoundedParts {
  private final Rounding rounding;
  private final boolean deep;
  private int level;

  RoundedParts(Rounding rounding, boolean deep) {
    this.rounding = rounding;
    this.deep = deep;
  }

  /** Returns an object with what it holds rounded; the object itself if nothing changed. */
  Object of(Object object) {
    if (object instanceof Double || object instanceof Float) {
      return rounding.apply(object);
    }
    if (object == null || (level > 0 && !deep)) {
      return object;
    }
    if (level == CanonicalEncoder.MAX_DEPTH) {
      throw new KeyEncodingException(
          "cannot round an argument: expected at most "
              + CanonicalEncoder.MAX_DEPTH
              + " levels of nesting, found more; does it contain itself?");
    }
    level++;
    try {
      return ofHolder(object);
    } finally {
      level--;
    }
  }

  private Object ofHolder(Object object) {
    if (object instanceof List<?> list) {
      List<Object> rounded = new ArrayList<>(list.size());
      return gather(list, rounded) ? Collections.unmodifiableList(rounded) : list;
    }
    if (object instanceof Set<?> set) {
      Set<Object> rounded = new LinkedHashSet<>();
      return gather(set, rounded) ? Collections.unmodifiableSet(rounded) : set;
    }
    if (object.getClass().isArray()) {
      return ofArray(object);
    }
    return deep ? ofDeepHolder(object) : object;
  }

  private Object ofDeepHolder(Object object) {
    if (object instanceof Map<?, ?> map) {
      return ofMap(map);
    }
    if (object instanceof Map.Entry<?, ?> entry) {
      Object value = of(entry.getValue());
      return same(value, entry.getValue())
          ? entry
          : new SimpleImmutableEntry<>(entry.getKey(), value);
    }
    if (object instanceof Optional<?> optional) {
      return optional.isPresent() ? Optional.of(of(optional.get())) : optional;
    }
    if (object instanceof OptionalDouble optional) {
      return optional.isPresent()
          ? OptionalDouble.of(rounding.round(optional.getAsDouble()))
          : optional;
    }
    if (object instanceof DoubleStream numbers) {
      return rounding.apply(numbers);
    }
    if (object instanceof Stream<?> elements) {
      return rounding.apply(elements);
    }
    return object instanceof Record ? ofRecord(object) : object;
  }

  private boolean gather(Collection<?> elements, Collection<Object> rounded) {
    boolean changed = false;
    for (Object element : elements) {
      Object part = of(element);
      changed |= !same(part, element);
      rounded.add(part);
    }
    return changed;
  }

  private Object ofMap(Map<?, ?> map) {
    Map<Object, Object> rounded = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object value = of(entry.getValue());
      changed |= !same(value, entry.getValue());
      rounded.put(entry.getKey(), value);
    }
    return changed ? Collections.unmodifiableMap(rounded) : map;
  }

  private Object ofArray(Object array) {
    if (array instanceof double[] numbers) {
      double[] rounded = numbers.clone();
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = rounding.round(rounded[i]);
      }
      return rounded;
    }
    if (array instanceof float[] numbers) {
      float[] rounded = numbers.clone();
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = rounding.round(rounded[i]);
      }
      return rounded;
    }
    if (!(array instanceof Object[] objects)) {
      return array;
    }
    Object[] rounded = new Object[objects.length];
    boolean changed = false;
    for (int i = 0; i < objects.length; i++) {
      rounded[i] = of(objects[i]);
      changed |= !same(rounded[i], objects[i]);
    }
    return changed ? sameType(objects, rounded) : objects;
  }

  /**
   * Returns the elements in an array of the same type where it takes them: parts may have become
   * other collections. Canonical bytes don't know the component type.
   */
  private static Object[] sameType(Object[] like, Object[] elements) {
    Class<?> component = like.getClass().getComponentType();
    for (Object element : elements) {
      if (element != null && !component.isInstance(element)) {
        return elements;
      }
    }
    Object[] typed = (Object[]) Array.newInstance(component, elements.length);
    System.arraycopy(elements, 0, typed, 0, elements.length);
    return typed;
  }

  private Object ofRecord(Object object) {
    RecordComponent[] components = object.getClass().getRecordComponents();
    Object[] parts = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    boolean changed = false;
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      Object part = valueOf(object, components[i]);
      parts[i] = of(part);
      changed |= !same(parts[i], part);
    }
    return changed ? rebuilt(object.getClass(), types, parts) : object;
  }

  /** Returns whether nothing changed; boxed numbers are made anew, so that their bits decide. */
  private static boolean same(Object rounded, Object part) {
    return rounded == part
        || ((part instanceof Double || part instanceof Float) && part.equals(rounded));
  }

  private static Object valueOf(Object object, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(object);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw notRebuilt(object.getClass(), e);
    }
  }

  private static Object rebuilt(Class<?> type, Class<?>[] types, Object[] parts) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      throw notRebuilt(type, e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw notRebuilt(type, e);
    }
  }

  private static KeyEncodingException notRebuilt(Class<?> type, Throwable cause) {
    return new KeyEncodingException(
        "cannot round the record "
            + type.getName()
            + ": expected a constructor that is open to reflection and takes the rounded"
            + " components, found "
            + cause
            + "; use simple rounding, or open the package",
        cause);
  }
}
