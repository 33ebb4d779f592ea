package io.klepto.archive;

import java.util.Arrays;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * The key of a call of an annotated method: the values that count, compared in depth.
 *
 * <p>Every archive accepts it, whatever classes it is told to allow; the classes of the values are
 * to be allowed as any other's. Arrays among the values are copied, so that what becomes of them
 * later does not change the key; other values are not. Has canonical bytes and can be serialised if
 * its values can. The name and the field are persisted; the hash is not, since it need not be the
 * same in another JVM.
 *
 * <p>Source: the keys that JSR-107 describes as its default, by {@code Arrays.deepEquals}.
 * Immutable, any number of threads may use it.
 */
public final class CallKey implements GeneratedCacheKey {
  private static final long serialVersionUID = 1L;
  private static final int MULTIPLIER = 31;

  @SuppressWarnings("serial") // as serialisable as the arguments of the call
  private final Object[] values;

  private transient int hash; // 0 until it is known; each thread finds the same

  private CallKey(Object[] values) {
    this.values = values;
  }

  /**
   * Returns the key of these values.
   *
   * @param values not null; what is null among them is a null argument
   */
  public static CallKey of(Object... values) {
    return owning(values.clone());
  }

  /**
   * Returns the key of these values, in an array that belongs to the key from here on.
   *
   * @param values not null, not changed any more by the caller
   */
  public static CallKey owning(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null && value.getClass().isArray()) {
        values[i] = copied(value);
      }
    }
    return new CallKey(values);
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
        || (other instanceof CallKey that
            && hashCode() == that.hashCode()
            && areEqual(values, that.values));
  }

  /** Does what {@code Arrays.deepEquals} does, with few questions where there are no arrays. */
  private static boolean areEqual(Object[] ones, Object[] others) {
    if (ones.length != others.length) {
      return false;
    }
    for (int i = 0; i < ones.length; i++) {
      Object one = ones[i];
      Object other = others[i];
      if (one != other && (one == null || !(one.equals(other) || areEqualArrays(one, other)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean areEqualArrays(Object one, Object other) {
    return one.getClass().isArray() && Arrays.deepEquals(new Object[] {one}, new Object[] {other});
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = 1;
      for (Object value : values) {
        known = MULTIPLIER * known + hashOf(value);
      }
      hash = known;
    }
    return known;
  }

  private static int hashOf(Object value) {
    if (value == null) {
      return 0;
    }
    return value.getClass().isArray()
        ? Arrays.deepHashCode(new Object[] {value})
        : value.hashCode();
  }

  /** Returns the values as a call shows them. */
  @Override
  public String toString() {
    String listed = Arrays.deepToString(values);
    return "(" + listed.substring(1, listed.length() - 1) + ")";
  }
}
