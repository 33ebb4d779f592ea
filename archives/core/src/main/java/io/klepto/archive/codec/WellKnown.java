package io.klepto.archive.codec;

import com.esotericsoftware.kryo.kryo5.Registration;
import io.klepto.archive.ArchiveException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of the JDK that have a form and a number of their own in every record.
 *
 * <p>Numbers are 1 to 127, in the order of registration below, part of format version 1 and never
 * reassigned: new classes are added at the end.
 *
 * <p>Immutable once loaded.
 */
final class WellKnown {
  private static final int MAX = 127;
  private static final List<Registration> BY_NUMBER = new ArrayList<>();
  private static final Map<Class<?>, Registration> BY_CLASS = new HashMap<>();
  private static final Map<Class<?>, Boolean> SCALARS = new HashMap<>();

  static {
    BY_NUMBER.add(null);
    Scalars.register();
    PrimitiveArrays.register();
    ListForms.register();
    SetForms.register();
    MapForms.register();
    PrimitiveArrays.registerBuffers();
  }

  private WellKnown() {}

  /** Registers a class whose objects have no identity worth keeping. */
  static <T> void scalar(Class<T> type, Scalar.Writer<T> writer, Scalar.Reader reader) {
    SCALARS.put(type, true);
    register(List.of(type), new Scalar<>(writer, reader));
  }

  /** Registers a class whose objects may be shared, and hold no others. */
  static <T> void shared(Class<T> type, Scalar.Writer<T> writer, Scalar.Reader reader) {
    register(List.of(type), new Scalar<>(writer, reader));
  }

  /** Registers classes that have one form. */
  static void register(Collection<? extends Class<?>> types, GraphSerializer serializer) {
    int number = BY_NUMBER.size();
    if (number > MAX) {
      throw new IllegalStateException("expected at most " + MAX + " classes, found more");
    }
    Registration registration = new Registration(types.iterator().next(), serializer, number);
    BY_NUMBER.add(registration);
    for (Class<?> type : types) {
      BY_CLASS.putIfAbsent(type, registration);
    }
  }

  static boolean isScalar(Class<?> type) {
    return SCALARS.containsKey(type);
  }

  /** Returns the form of a class, or null if it has none. */
  static Registration of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  static Registration of(int number) {
    if (number >= BY_NUMBER.size()) {
      throw new ArchiveException(
          "the record names well-known class "
              + number
              + ", expected at most "
              + (BY_NUMBER.size() - 1)
              + "; it was written by a newer version, or is damaged");
    }
    return BY_NUMBER.get(number);
  }
}
