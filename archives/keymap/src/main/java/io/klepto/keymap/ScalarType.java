package io.klepto.keymap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One class of the JDK whose values are written without looking into other objects: its tag, how it
 * is written after the tag, and how it is read back. Strings, which have two tags, are apart:
 * {@link ByteSink#putString}.
 *
 * @param type the class; no subclass counts
 * @param tag its tag in {@link CanonicalFormatV1}
 * @param natural whether {@code equals} agrees with canonical bytes for all values, and values
 *     never change
 * @param writer writes what follows the tag
 * @param reader reads what follows the tag: null if the value is unknown to this JVM; or null
 *     itself if the type can't be read back
 */
record ScalarType<T>(
    Class<T> type,
    byte tag,
    boolean natural,
    BiConsumer<ByteSink, T> writer,
    Function<ByteSource, T> reader) {

  private static final Map<Class<?>, ScalarType<?>> BY_CLASS = new HashMap<>();
  private static final ScalarType<?>[] BY_TAG = new ScalarType<?>[Byte.MAX_VALUE + 1];

  static {
    Stream.of(BasicScalars.TYPES, TimeScalars.TYPES, ArrayScalars.TYPES)
        .flatMap(List::stream)
        .forEach(
            scalar -> {
              BY_CLASS.put(scalar.type(), scalar);
              BY_TAG[scalar.tag()] = scalar;
            });
  }

  /** Creates a type that is natural and can be read back. */
  static <T> ScalarType<T> natural(
      Class<T> type, byte tag, BiConsumer<ByteSink, T> writer, Function<ByteSource, T> reader) {
    return new ScalarType<>(type, tag, true, writer, reader);
  }

  /** Creates a type of mutable values that can be read back. */
  static <T> ScalarType<T> mutable(
      Class<T> type, byte tag, BiConsumer<ByteSink, T> writer, Function<ByteSource, T> reader) {
    return new ScalarType<>(type, tag, false, writer, reader);
  }

  /** Returns the scalar type of a class, or null if it has none. */
  static ScalarType<?> of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  /** Returns the scalar type of a tag, or null if it has none. */
  static ScalarType<?> ofTag(byte tag) {
    return tag < 0 ? null : BY_TAG[tag];
  }

  /** Writes a value of the type, tag included. */
  void write(Object value, ByteSink out) {
    out.putByte(tag);
    writer.accept(out, type.cast(value));
  }
}
