package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheValue;

/**
 * The parameters of an annotated method: which of them make the key, and which is the value.
 * Immutable.
 */
final class MethodParameters {
  /** The position of a value that is not there. */
  static final int NONE = -1;

  private final List<MethodParameter> all;
  private final int[] keys;
  private final int value;

  private MethodParameters(List<MethodParameter> all, int[] keys, int value) {
    this.all = all;
    this.keys = keys;
    this.value = value;
  }

  /**
   * Reads the parameters of a method.
   *
   * @throws CacheException if more than one is the value
   */
  static MethodParameters of(Method method) {
    List<MethodParameter> all = new ArrayList<>();
    List<Integer> marked = new ArrayList<>();
    int value = NONE;
    for (Parameter parameter : method.getParameters()) {
      int position = all.size();
      if (parameter.isAnnotationPresent(CacheValue.class)) {
        if (value != NONE) {
          throw new CacheException(
              ("method %s: expected one parameter with @CacheValue, found it on the parameters "
                      + "%d and %d; a cache holds one value for each key, so leave one of them")
                  .formatted(method, value + 1, position + 1));
        }
        value = position;
      } else if (parameter.isAnnotationPresent(CacheKey.class)) {
        marked.add(position);
      }
      Set<Annotation> annotations = Set.of(parameter.getAnnotations());
      all.add(new MethodParameter(parameter.getType(), annotations, position, null));
    }
    int valuePosition = value;
    IntStream keys =
        marked.isEmpty()
            ? IntStream.range(0, all.size()).filter(position -> position != valuePosition)
            : marked.stream().mapToInt(Integer::intValue);
    return new MethodParameters(List.copyOf(all), keys.toArray(), value);
  }

  /** Returns the position of the value to be put, or {@link #NONE}. */
  int value() {
    return value;
  }

  /** Returns the positions of the parameters that make the key; not to be changed. */
  int[] keys() {
    return keys;
  }

  /** Returns the values of the parameters that make the key, in an array of the caller's own. */
  Object[] keysOf(Object[] arguments) {
    if (keys.length == arguments.length) {
      return arguments.clone();
    }
    Object[] values = new Object[keys.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[keys[i]];
    }
    return values;
  }

  MethodParameter[] allWith(Object[] arguments) {
    MethodParameter[] given = new MethodParameter[all.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = all.get(i).with(arguments[i]);
    }
    return given;
  }

  MethodParameter[] keysWith(Object[] arguments) {
    MethodParameter[] given = new MethodParameter[keys.length];
    for (int i = 0; i < given.length; i++) {
      given[i] = all.get(keys[i]).with(arguments[keys[i]]);
    }
    return given;
  }

  MethodParameter valueWithOrNull(Object[] arguments) {
    return value == NONE ? null : all.get(value).with(arguments[value]);
  }
}
