package io.klepto.archive.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What it costs to hash the keys of an object graph, kept in proportion to its bytes.
 *
 * <p>A key that holds other objects hashes them all, and one that holds the same object twice
 * hashes it twice: a few hundred bytes of nested sets can cost longer than anyone waits. The cost
 * is counted on the JDK's collections and on records, whose hash is known to be their content's. A
 * class of the application is one unit: its hash is its own affair, and often its id alone.
 *
 * <p>Not thread-safe; one for each object graph.
 */
final class HashWork {
  private static final long FREE_UNITS = 1 << 22;
  private static final long UNITS_PER_BYTE = 16;

  private static final Class<?> REPEATED = Collections.nCopies(1, "").getClass();

  private static final ClassValue<Boolean> WALKED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.isRecord()
              || (ClassNames.isOfJdk(type)
                  && type != REPEATED
                  && (Collection.class.isAssignableFrom(type)
                      || Map.class.isAssignableFrom(type)
                      || Map.Entry.class.isAssignableFrom(type)
                      || type == Optional.class));
        }
      };

  /** The fields of a record that refer to objects; none where its module keeps them closed. */
  private static final ClassValue<Field[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
          return Arrays.stream(type.getDeclaredFields())
              .filter(field -> !Modifier.isStatic(field.getModifiers()))
              .filter(field -> !field.getType().isPrimitive() && field.trySetAccessible())
              .toArray(Field[]::new);
        }
      };

  private long spent;
  private long total;
  private boolean hashing;
  private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();

  static boolean isComposite(Object value) {
    return value != null && WALKED.get(value.getClass());
  }

  /**
   * Charges one hashing of a key, and returns whether that is still in proportion.
   *
   * <p>Walks what the hash would walk, no further than the proportion and no deeper than a graph
   * may be: a key that holds itself has no hash.
   *
   * @param bytes the length of the encoded graph
   */
  boolean charge(Object key, long bytes) {
    spent++;
    if (!isComposite(key)) {
      return true;
    }
    long limit = limit(bytes);
    Deque<Iterator<?>> path = new ArrayDeque<>();
    path.push(parts(key).iterator());
    while (!path.isEmpty()) {
      if (!path.peek().hasNext()) {
        path.pop();
        continue;
      }
      Object part = path.peek().next();
      if (++spent > limit || path.size() > DeepStack.DEEP_LEVELS) {
        return false;
      }
      if (isComposite(part)) {
        path.push(parts(part).iterator());
      }
    }
    return true;
  }

  /**
   * Notes an object that is complete, its parts before it, and returns whether hashing all such
   * objects would be in proportion; asked where it is unknown which of them are keys.
   */
  boolean note(Object value, long bytes) {
    if (isComposite(value)) {
      long weight = 1;
      for (Object part : parts(value)) {
        weight = Math.min(Long.MAX_VALUE >> 2, weight + weights.getOrDefault(part, 1L));
      }
      weights.put(value, weight);
      total = Math.min(Long.MAX_VALUE >> 2, total + weight);
    }
    return !hashing || total <= limit(bytes);
  }

  /** Notes that the graph has containers that hash, and returns as {@link #note} does. */
  boolean noteHashing(long bytes) {
    hashing = true;
    return total <= limit(bytes);
  }

  private static long limit(long bytes) {
    return FREE_UNITS + UNITS_PER_BYTE * bytes;
  }

  private static Iterable<?> parts(Object value) {
    if (value instanceof Collection<?> collection) {
      return collection;
    } else if (value instanceof Map<?, ?> map) {
      List<Object> parts = new ArrayList<>(2 * map.size());
      map.forEach(
          (key, item) -> {
            parts.add(key);
            parts.add(item);
          });
      return parts;
    } else if (value instanceof Map.Entry<?, ?> entry) {
      List<Object> parts = new ArrayList<>(2);
      parts.add(entry.getKey());
      parts.add(entry.getValue());
      return parts;
    } else if (value instanceof Optional<?> optional) {
      return optional.stream().toList();
    }
    return components(value);
  }

  private static List<Object> components(Object value) {
    List<Object> parts = new ArrayList<>();
    try {
      for (Field component : COMPONENTS.get(value.getClass())) {
        parts.add(component.get(value));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("made accessible before: " + value.getClass(), e);
    }
    return parts;
  }
}
