package io.klepto.archive.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * One object graph on its way out of JSON, token by token, so that what it takes on the heap grows
 * with the text that was read; the forms stand with {@link JsonCodec}.
 *
 * <p>A class is looked up only by a name in {@link JsonWriter#CLASS}, and only if it is allowed.
 *
 * <p>Not thread-safe.
 */
final class JsonReader {
  private static final int FIRST_LENGTH = 16;

  private final JsonShapes shapes;
  private final JsonParser in;
  private final JsonTokens tokens;
  private final long length;
  private final int maxLevels;
  private final HashWork hashWork = new HashWork();
  private int levels;

  JsonReader(JsonShapes shapes, JsonParser in, long length, int maxLevels) {
    this.shapes = shapes;
    this.in = in;
    this.tokens = new JsonTokens(in);
    this.length = length;
    this.maxLevels = maxLevels;
  }

  /** Returns the only object of the text. */
  Object readAll() throws IOException {
    in.nextToken();
    Object value = read(JsonType.UNKNOWN);
    if (value == null) {
      throw new ArchiveException("expected an object, found null");
    }
    if (in.nextToken() != null) {
      throw new ArchiveException("expected the end of the text, found " + in.currentToken());
    }
    return value;
  }

  private Object read(JsonType declared) throws IOException {
    JsonToken token = in.currentToken();
    if (token == null) {
      throw new ArchiveException("expected an object, found the end of the text");
    }
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_TRUE, VALUE_FALSE -> readBoolean(declared);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readScalar(declared);
      case START_ARRAY -> readArrayOf(declared);
      case START_OBJECT -> readObject(declared);
      default -> throw tokens.found("a value");
    };
  }

  private Object readBoolean(JsonType declared) throws IOException {
    if (!JsonWriter.takesAnyToken(declared)) {
      throw tokens.found("a value of " + declared.raw().getTypeName());
    }
    return in.getBooleanValue();
  }

  private Object readScalar(JsonType declared) throws IOException {
    JsonScalar scalar = JsonScalar.declared(declared.raw());
    if (scalar != null) {
      return tokens.readScalar(scalar);
    } else if (declared.raw().isEnum()) {
      return tokens.constant(declared.raw());
    }
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> JsonScalar.of(Integer.class).read(in.getText());
      default -> JsonScalar.of(Double.class).read(in.getText());
    };
  }

  private Object readArrayOf(JsonType declared) throws IOException {
    if (declared.raw().isArray()) {
      return readArray(declared);
    } else if (declared.raw() == Optional.class) {
      return readOptional(declared);
    } else if (Map.class.isAssignableFrom(declared.raw())) {
      return readPairs(JsonContainer.impliedMap(declared.raw()), declared);
    }
    return readCollection(JsonContainer.impliedCollection(declared.raw()), declared);
  }

  private void begin() {
    if (++levels > maxLevels) {
      throw new NestedTooDeepException(maxLevels);
    }
  }

  private void end() {
    levels--;
  }

  private Object readArray(JsonType declared) throws IOException {
    tokens.expect(JsonToken.START_ARRAY);
    begin();
    Class<?> component = declared.raw().getComponentType();
    Object array = Array.newInstance(component, FIRST_LENGTH);
    int count = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Object element = read(declared.argument(0));
      if (count == Array.getLength(array)) {
        array = resized(array, component, 2 * count);
      }
      try {
        Array.set(array, count++, element);
      } catch (IllegalArgumentException | NullPointerException e) {
        throw new ArchiveException(
            "an array of "
                + component.getTypeName()
                + " can't hold "
                + (element == null ? "null" : "class " + element.getClass().getName()),
            e);
      }
    }
    end();
    return resized(array, component, count);
  }

  @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the component
  private static Object resized(Object array, Class<?> component, int length) {
    Object copy = Array.newInstance(component, length);
    System.arraycopy(array, 0, copy, 0, Math.min(length, Array.getLength(array)));
    return copy;
  }

  private Object readOptional(JsonType declared) throws IOException {
    tokens.expect(JsonToken.START_ARRAY);
    begin();
    Optional<Object> optional = Optional.empty();
    if (in.nextToken() != JsonToken.END_ARRAY) {
      optional = Optional.of(read(declared.argument(0)));
      in.nextToken();
      tokens.expect(JsonToken.END_ARRAY);
    }
    end();
    return optional;
  }

  private Object readCollection(JsonContainer container, JsonType declared) throws IOException {
    tokens.expect(JsonToken.START_ARRAY);
    begin();
    Collection<Object> collection = container.newCollection();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Object element = read(declared.argument(0));
      charge(container, element);
      collection.add(element);
    }
    end();
    return collection;
  }

  private void charge(JsonContainer container, Object key) {
    if (container.hashes() && !hashWork.charge(key, length)) {
      throw JsonWriter.hashing(key);
    }
  }

  private Object readPairs(JsonContainer container, JsonType declared) throws IOException {
    begin();
    Map<Object, Object> map = container.newMap();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      tokens.expect(JsonToken.START_ARRAY);
      in.nextToken();
      Object key = read(declared.argument(0));
      charge(container, key);
      in.nextToken();
      map.put(key, read(declared.argument(1)));
      in.nextToken();
      tokens.expect(JsonToken.END_ARRAY);
    }
    end();
    return map;
  }

  /** Reads the rest of a map whose first name, or the end, is the token at hand. */
  private Object readNamed(JsonContainer container, JsonType declared) throws IOException {
    begin();
    Map<Object, Object> map = container.newMap();
    Class<?> type = declared.argument(0).raw();
    JsonScalar scalar = JsonScalar.declared(type);
    while (in.currentToken() != JsonToken.END_OBJECT) {
      tokens.expect(JsonToken.FIELD_NAME);
      String name = in.currentName();
      Object key =
          type.isEnum()
              ? JsonTokens.constant(type, name)
              : scalar == null ? name : scalar.read(name);
      in.nextToken();
      map.put(key, read(declared.argument(1)));
      in.nextToken();
    }
    end();
    return map;
  }

  private Object readObject(JsonType declared) throws IOException {
    if (in.nextToken() != JsonToken.FIELD_NAME || !in.currentName().equals(JsonWriter.CLASS)) {
      return readNamed(JsonContainer.impliedMap(declared.raw()), declared);
    }
    in.nextToken();
    tokens.expect(JsonToken.VALUE_STRING);
    String name = in.getText();
    Class<?> type = isBuiltIn(name) ? null : shapes.load(name);
    if (type != null && !type.isArray() && !type.isEnum()) {
      return readFields(shapes.of(type));
    }
    if (in.nextToken() != JsonToken.FIELD_NAME || !in.currentName().equals(JsonWriter.VALUE)) {
      throw tokens.found("the name " + JsonWriter.VALUE);
    }
    in.nextToken();
    Object value = type == null ? readBuiltIn(name, declared) : readNamedType(type);
    in.nextToken();
    tokens.expect(JsonToken.END_OBJECT);
    return value;
  }

  private Object readNamedType(Class<?> type) throws IOException {
    return type.isEnum() ? tokens.constant(type) : readArray(JsonType.of(type));
  }

  private static boolean isBuiltIn(String name) {
    return JsonScalar.named(name) != null
        || JsonContainer.named(name) != null
        || switch (name) {
          case "java.lang.Boolean",
              "java.util.Optional",
              "java.util.EnumSet",
              "java.util.EnumMap" ->
              true;
          default -> false;
        };
  }

  private Object readBuiltIn(String name, JsonType declared) throws IOException {
    JsonScalar scalar = JsonScalar.named(name);
    if (scalar != null) {
      return tokens.readScalar(scalar);
    }
    JsonContainer container = JsonContainer.named(name);
    if (container != null) {
      return readContainer(container, declared);
    }
    return switch (name) {
      case "java.lang.Boolean" -> readBoolean(JsonType.UNKNOWN);
      case "java.util.Optional" -> readOptional(declared);
      case "java.util.EnumSet" -> readEnumSet();
      default -> readEnumMap(declared);
    };
  }

  private Object readContainer(JsonContainer container, JsonType declared) throws IOException {
    if (!container.isMap()) {
      return readCollection(container, declared);
    } else if (in.currentToken() == JsonToken.START_ARRAY) {
      return readPairs(container, declared);
    }
    tokens.expect(JsonToken.START_OBJECT);
    in.nextToken();
    return readNamed(container, declared);
  }

  /** Begins the object that an enum names, and returns the enum. */
  private Class<?> beginEnum() throws IOException {
    tokens.expect(JsonToken.START_OBJECT);
    begin();
    in.nextToken();
    tokens.expect(JsonToken.FIELD_NAME);
    Class<?> type = shapes.load(in.currentName());
    if (!type.isEnum()) {
      throw new ArchiveException("expected an enum, found class " + type.getName());
    }
    in.nextToken();
    return type;
  }

  private void endEnum() throws IOException {
    in.nextToken();
    tokens.expect(JsonToken.END_OBJECT);
    end();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be an enum
  private Object readEnumSet() throws IOException {
    Class<?> type = beginEnum();
    EnumSet set = EnumSet.noneOf((Class) type);
    tokens.expect(JsonToken.START_ARRAY);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      set.add((Enum) tokens.constant(type));
    }
    endEnum();
    return set;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // checked to be an enum
  private Object readEnumMap(JsonType declared) throws IOException {
    Class<?> type = beginEnum();
    EnumMap map = new EnumMap(type);
    tokens.expect(JsonToken.START_OBJECT);
    while (in.nextToken() != JsonToken.END_OBJECT) {
      tokens.expect(JsonToken.FIELD_NAME);
      Enum constant = JsonTokens.constant(type, in.currentName());
      in.nextToken();
      map.put(constant, read(declared.argument(1)));
    }
    endEnum();
    return map;
  }

  private Object readFields(JsonShape shape) throws IOException {
    begin();
    boolean isRecord = shape.fields().isRecord();
    Object object = isRecord ? null : shape.fields().newObject();
    Object[] components = isRecord ? shape.fields().defaultComponents() : null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      tokens.expect(JsonToken.FIELD_NAME);
      int place = shape.place(in.currentName());
      in.nextToken();
      if (place < 0) {
        in.skipChildren();
        continue;
      }
      Object value = readField(shape.slot(place), shape.type(place));
      if (isRecord) {
        components[place] = value;
      } else {
        set(shape.slot(place).field(), object, value);
      }
    }
    end();
    return isRecord ? shape.fields().newRecord(components) : object;
  }

  private Object readField(FieldShape.Slot slot, JsonType type) throws IOException {
    Object value;
    try {
      value = read(type);
    } catch (MisreadException e) {
      throw e;
    } catch (ArchiveException e) {
      throw new MisreadException(slot.field(), e);
    }
    return Widening.convert(value, slot);
  }

  private static void set(Field field, Object object, Object value) {
    try {
      field.set(object, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("made accessible before: " + field, e);
    }
  }

  /** A value is not what its field needs; names the innermost field. */
  private static final class MisreadException extends ArchiveException {
    private static final long serialVersionUID = 1L;

    MisreadException(Field field, ArchiveException cause) {
      super(
          "field "
              + field.getName()
              + " of "
              + field.getDeclaringClass().getName()
              + ": "
              + cause.getMessage(),
          cause);
    }
  }
}
