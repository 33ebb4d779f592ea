package io.klepto.annotation;

import java.util.Arrays;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * The key of a call of an annotated method: the values that count, compared in depth.
 *
 * <p>Arrays among the values are copied, so that what becomes of them later does not change the
 * key; other values are not. Has canonical bytes and can be archived and serialised if its values
 * can. The name and the field are persisted: the hash is not, since it need not be the same in
 * another JVM. Immutable, any number of threads may use it.
 */
final class MethodKey implements GeneratedCacheKey {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // as serialisable as the arguments of the call
  private final Object[] values;

  private transient int hash; // 0 until it is known; each thread finds the same

  /**
   * Makes a key.
   *
   * @param values belongs to the key from here on
   */
  MethodKey(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null && value.getClass().isArray()) {
        values[i] = copied(value);
      }
    }
    this.values = values;
  }

  private static Object copied(Object array) {
    if (array instanceof Object[] objects) {
      Object[] copy = objects.clone();
      for (int i = 0; i < copy.length; i++) {
        if (copy[i] != null && copy[i].getClass().isArray()) {
          copy[i] = copied(copy[i]);
        }
      }
      return copy;
    }
    if (array instanceof int[] numbers) {
      return numbers.clone();
    }
    if (array instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (array instanceof long[] numbers) {
      return numbers.clone();
    }
    if (array instanceof double[] numbers) {
      return numbers.clone();
    }
    if (array instanceof float[] numbers) {
      return numbers.clone();
    }
    if (array instanceof char[] characters) {
      return characters.clone();
    }
    if (array instanceof short[] numbers) {
      return numbers.clone();
    }
    return ((boolean[]) array).clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof MethodKey that
            && hashCode() == that.hashCode()
            && Arrays.deepEquals(values, that.values));
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.deepHashCode(values);
      hash = known;
    }
    return known;
  }

  /** Returns the values as a call shows them. */
  @Override
  public String toString() {
    String listed = Arrays.deepToString(values);
    return "(" + listed.substring(1, listed.length() - 1) + ")";
  }
}
