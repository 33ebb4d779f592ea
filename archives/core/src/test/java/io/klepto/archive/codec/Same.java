package io.klepto.archive.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Compares what went into a codec with what came out, where {@code equals} says too little. */
final class Same {
  private Same() {}

  static void assertSame(String name, Object expected, Object actual) {
    assertEquals(expected.getClass().isArray(), actual.getClass().isArray(), name);
    if (Modifier.isPublic(expected.getClass().getModifiers())) {
      assertEquals(expected.getClass(), actual.getClass(), name);
    }
    if (name.equals("deep list") || name.equals("nested list")) {
      assertEquals(depth(expected), depth(actual), name);
      return;
    }
    assertEquals(true, isSame(expected, actual), () -> name + ": " + expected + " / " + actual);
  }

  private static int depth(Object list) {
    int depth = 0;
    for (Object o = list; o != null; o = ((List<?>) o).isEmpty() ? null : ((List<?>) o).get(0)) {
      depth++;
    }
    return depth;
  }

  static boolean isSame(Object a, Object b) {
    if (a == null || b == null) {
      return a == b;
    }
    if (a.getClass().isArray() || a instanceof AtomicReference<?>) {
      return a.getClass() == b.getClass() && Arrays.deepEquals(wrapped(a), wrapped(b));
    } else if (a instanceof Throwable x && b instanceof Throwable y) {
      return isSameThrowable(x, y);
    } else if (a instanceof Pattern x && b instanceof Pattern y) {
      return x.pattern().equals(y.pattern()) && x.flags() == y.flags();
    } else if (a instanceof AtomicBoolean
        || a instanceof AtomicInteger
        || a instanceof AtomicLong
        || a instanceof StringBuilder) {
      return a.getClass() == b.getClass() && a.toString().equals(b.toString());
    } else if (a instanceof Collection<?> x && b instanceof Collection<?> y && hasNoEquals(a)) {
      return new ArrayList<>(x).equals(new ArrayList<>(y));
    } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.equals(y) && new ArrayList<>(x.keySet()).equals(new ArrayList<>(y.keySet()));
    }
    return a.equals(b);
  }

  private static Object[] wrapped(Object value) {
    return new Object[] {value instanceof AtomicReference<?> holder ? holder.get() : value};
  }

  private static boolean hasNoEquals(Object collection) {
    return collection instanceof ArrayDeque<?>
        || !(collection instanceof List<?> || collection instanceof java.util.Set<?>);
  }

  private static boolean isSameThrowable(Throwable a, Throwable b) {
    return a == b
        || (a != null
            && b != null
            && a.getClass() == b.getClass()
            && Objects.equals(a.getMessage(), b.getMessage())
            && Arrays.equals(a.getStackTrace(), b.getStackTrace())
            && isSameThrowable(a.getCause(), b.getCause())
            && a.getSuppressed().length == b.getSuppressed().length
            && (a.getSuppressed().length == 0
                || isSameThrowable(a.getSuppressed()[0], b.getSuppressed()[0])));
  }
}
