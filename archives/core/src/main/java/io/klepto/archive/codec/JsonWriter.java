package io.klepto.archive.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One object graph on its way into JSON; the forms stand with {@link JsonCodec}.
 *
 * <p>An object that stands in several places is written in each; one that holds itself is refused.
 *
 * <p>Not thread-safe.
 */
final class JsonWriter {
  static final String CLASS = "@class";
  static final String VALUE = "@value";

  /** How often objects may be met that were written before: their number can grow without bound. */
  private static final int MAX_REPEATS = 1 << 19;

  private final JsonShapes shapes;
  private final JsonGenerator out;
  private final LongSupplier written;
  private final int maxLevels;
  private final HashWork hashWork = new HashWork();

  /** What was met, and whether it is being written now. */
  private final IdentityHashMap<Object, Boolean> met = new IdentityHashMap<>();

  private int repeats;
  private int levels;

  /**
   * Begins to write.
   *
   * @param written tells how much was written to the generator
   */
  JsonWriter(JsonShapes shapes, JsonGenerator out, LongSupplier written, int maxLevels) {
    this.shapes = shapes;
    this.out = out;
    this.written = written;
    this.maxLevels = maxLevels;
  }

  /** Something that writes JSON. */
  @FunctionalInterface
  private interface Body {
    void write() throws IOException;
  }

  /** Writes an object, or null, in a place of which a declaration says something. */
  void write(Object value, JsonType declared) throws IOException {
    if (value == null) {
      out.writeNull();
      return;
    }
    JsonScalar scalar = JsonScalar.of(value.getClass());
    Class<?> type = ClassNames.named(value.getClass());
    if (scalar != null) {
      writeScalar(scalar, value, declared);
    } else if (value instanceof Boolean flag) {
      place(takesAnyToken(declared), "java.lang.Boolean", () -> out.writeBoolean(flag));
    } else if (type.isEnum()) {
      shapes.check(type);
      String name = ((Enum<?>) value).name();
      place(declared.raw() == type, type.getName(), () -> out.writeString(name));
    } else {
      begin(value);
      writeComposite(value, declared);
      end(value);
    }
  }

  private void writeScalar(JsonScalar scalar, Object value, JsonType declared) throws IOException {
    boolean isDeclared = scalar.type() == declared.raw();
    place(
        isDeclared || (takesAnyToken(declared) && scalar.isNatural(value)),
        scalar.name(),
        () -> {
          String text = scalar.write(value);
          if (scalar.isNumber() && !isNotFinite(value)) {
            out.writeNumber(text);
          } else {
            out.writeString(text);
          }
        });
  }

  private static boolean isNotFinite(Object value) {
    return (value instanceof Double d && !Double.isFinite(d))
        || (value instanceof Float f && !Float.isFinite(f));
  }

  /** Returns whether a text, number or boolean is read as such in a place. */
  static boolean takesAnyToken(JsonType declared) {
    return JsonScalar.declared(declared.raw()) == null && !declared.raw().isEnum();
  }

  /** Writes what the place tells the class of, or else a class and then it. */
  private void place(boolean tells, String name, Body body) throws IOException {
    if (tells) {
      body.write();
      return;
    }
    out.writeStartObject();
    out.writeStringField(CLASS, name);
    out.writeFieldName(VALUE);
    body.write();
    out.writeEndObject();
  }

  private void begin(Object value) {
    Boolean writing = met.put(value, true);
    if (Boolean.TRUE.equals(writing)) {
      throw new UnarchivableException(
          "codec json can't encode class "
              + value.getClass().getTypeName()
              + ": it holds itself; choose ArchiveConfiguration.builder(...).codec(\"kryo\") for"
              + " cyclic values");
    } else if (writing != null && ++repeats > MAX_REPEATS) {
      throw new UnarchivableException(
          "codec json can't encode class "
              + value.getClass().getTypeName()
              + ": it and others stand in more than "
              + MAX_REPEATS
              + " places, and would be written in each; choose"
              + " ArchiveConfiguration.builder(...).codec(\"kryo\"), which writes them once");
    }
    if (++levels > maxLevels) {
      throw new NestedTooDeepException(maxLevels);
    }
  }

  private void end(Object value) {
    levels--;
    met.put(value, false);
  }

  private void writeComposite(Object value, JsonType declared) throws IOException {
    Class<?> type = value.getClass();
    if (type.isArray()) {
      writeArray(value, declared);
    } else if (value instanceof Optional<?> optional) {
      place(
          declared.raw() == Optional.class,
          "java.util.Optional",
          () -> writeAll(optional.stream().iterator(), declared.argument(0)));
    } else if (value instanceof EnumSet<?> set) {
      writeEnumSet(set);
    } else if (type == EnumMap.class) {
      writeEnumMap((EnumMap<?, ?>) value, declared);
    } else {
      JsonContainer container = JsonContainer.of(value);
      if (container == null) {
        writeFields(value);
      } else if (value instanceof Map<?, ?> map) {
        writeMap(container, map, declared);
      } else {
        writeCollection(container, (Collection<?>) value, declared);
      }
    }
  }

  private void writeArray(Object array, JsonType declared) throws IOException {
    Class<?> type = array.getClass();
    Class<?> component = RawArrays.elementType(type);
    shapes.check(component);
    boolean tells = declared.raw() == type;
    JsonType element = (tells ? declared : JsonType.of(type)).argument(0);
    place(
        tells,
        type.getTypeName(),
        () -> {
          if (array instanceof Object[] objects) {
            writeAll(Arrays.asList(objects).iterator(), element);
            return;
          }
          out.writeStartArray();
          for (int i = 0, length = Array.getLength(array); i < length; i++) {
            write(Array.get(array, i), element);
          }
          out.writeEndArray();
        });
  }

  private void writeAll(Iterator<?> values, JsonType element) throws IOException {
    out.writeStartArray();
    while (values.hasNext()) {
      write(values.next(), element);
    }
    out.writeEndArray();
  }

  private void writeCollection(JsonContainer container, Collection<?> values, JsonType declared)
      throws IOException {
    place(
        container.comesBackAs(JsonContainer.impliedCollection(declared.raw()))
            && !Map.class.isAssignableFrom(declared.raw())
            && declared.raw() != Optional.class
            && !declared.raw().isArray(),
        container.type().getName(),
        () -> writeAll(Arrays.asList(values.toArray()).iterator(), declared.argument(0)));
    if (container.hashes()) {
      values.forEach(this::charge);
    }
  }

  private void charge(Object key) {
    if (!hashWork.charge(key, written.getAsLong())) {
      throw hashing(key);
    }
  }

  static ArchiveException hashing(Object key) {
    return new ArchiveException(
        "hashing keys such as "
            + key.getClass().getName()
            + " would cost out of proportion to the record: they hold the same objects many times"
            + " over, or themselves");
  }

  private void writeMap(JsonContainer container, Map<?, ?> map, JsonType declared)
      throws IOException {
    boolean implied = container.comesBackAs(JsonContainer.impliedMap(declared.raw()));
    Object[] parts = Container.entries(map);
    String[] names = names(parts, declared.argument(0));
    if (names != null) {
      place(
          implied,
          container.type().getName(),
          () -> writeNamed(names, parts, declared.argument(1)));
    } else {
      place(
          implied && Map.class.isAssignableFrom(declared.raw()),
          container.type().getName(),
          () -> writePairs(parts, declared));
    }
    for (int i = 0; container.hashes() && i < parts.length; i += 2) {
      charge(parts[i]);
    }
  }

  private void writeNamed(String[] names, Object[] parts, JsonType element) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < names.length; i++) {
      out.writeFieldName(names[i]);
      write(parts[2 * i + 1], element);
    }
    out.writeEndObject();
  }

  private void writePairs(Object[] parts, JsonType declared) throws IOException {
    out.writeStartArray();
    for (int i = 0; i < parts.length; i += 2) {
      out.writeStartArray();
      write(parts[i], declared.argument(0));
      write(parts[i + 1], declared.argument(1));
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  /** Returns the keys of a map as names of JSON, or null if some key is none. */
  private String[] names(Object[] parts, JsonType declared) {
    JsonScalar scalar = JsonScalar.declared(declared.raw());
    Class<?> type = takesAnyToken(declared) ? String.class : declared.raw();
    String[] names = new String[parts.length / 2];
    for (int i = 0; i < names.length; i++) {
      Object key = parts[2 * i];
      if (key == null || ClassNames.named(key.getClass()) != type) {
        return null;
      } else if (key instanceof Enum<?> constant) {
        names[i] = constant.name();
      } else {
        names[i] = scalar == null ? (String) key : scalar.write(key);
      }
    }
    return names.length > 0 && names[0].equals(CLASS) ? null : names;
  }

  private void writeEnumSet(EnumSet<?> set) throws IOException {
    EnumSet<?> all = set.isEmpty() ? complement(set) : set;
    if (all.isEmpty()) {
      throw JsonShapes.unfit(set.getClass());
    }
    Class<?> type = all.iterator().next().getDeclaringClass();
    shapes.check(type);
    place(
        false,
        "java.util.EnumSet",
        () -> {
          out.writeStartObject();
          out.writeFieldName(type.getName());
          out.writeStartArray();
          for (Enum<?> constant : set) {
            out.writeString(constant.name());
          }
          out.writeEndArray();
          out.writeEndObject();
        });
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // of some enum
  private static EnumSet<?> complement(EnumSet<?> set) {
    return EnumSet.complementOf((EnumSet) set);
  }

  private void writeEnumMap(EnumMap<?, ?> map, JsonType declared) throws IOException {
    if (map.isEmpty()) {
      throw new UnarchivableException(
          "codec json can't encode an empty java.util.EnumMap, which does not tell its enum;"
              + " choose ArchiveConfiguration.builder(...).codec(\"kryo\")");
    }
    Class<?> type = map.keySet().iterator().next().getDeclaringClass();
    shapes.check(type);
    place(
        false,
        "java.util.EnumMap",
        () -> {
          out.writeStartObject();
          out.writeFieldName(type.getName());
          out.writeStartObject();
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(((Enum<?>) entry.getKey()).name());
            write(entry.getValue(), declared.argument(1));
          }
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  private void writeFields(Object value) throws IOException {
    JsonShape shape = shapes.of(value.getClass());
    out.writeStartObject();
    out.writeStringField(CLASS, value.getClass().getName());
    for (int i = 0; i < shape.size(); i++) {
      FieldShape.Slot slot = shape.slot(i);
      out.writeFieldName(shape.name(i));
      try {
        write(slot.field().get(value), shape.type(i));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("made accessible before: " + slot.field(), e);
      } catch (UnarchivableException e) {
        throw e.reachedBy(slot.field());
      }
    }
    out.writeEndObject();
  }
}
