package io.klepto.keymap;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The walk over one key that writes its canonical bytes; {@link CanonicalFormatV1} draws the
 * layout. Not thread-safe, used once.
 */
final class KeyWriter {
  private static final int FIRST_ENDS = 16;

  private final Registrations registrations;
  private final ByteSink out;
  private final KeyPath path = new KeyPath();

  KeyWriter(Registrations registrations, int maxBytes) {
    this.registrations = registrations;
    this.out = new ByteSink(maxBytes);
  }

  /**
   * Returns the bytes of a key.
   *
   * @throws KeyEncodingException if it has none
   */
  KeyBytes write(Object key) {
    try {
      out.putByte(CanonicalFormatV1.VERSION);
      writeValue(key);
      return KeyBytes.owning(out.toByteArray());
    } catch (Refusal e) {
      throw failure(key, e.getMessage(), e.getCause());
    } catch (ConcurrentModificationException e) {
      throw failure(key, changed("an iterator that failed"), e);
    } catch (RuntimeException e) {
      throw failure(key, describe("parts that can be read", e.toString()), e);
    } catch (StackOverflowError e) {
      throw failure(key, KeyPath.tooDeep(e).getMessage(), e);
    }
  }

  private KeyEncodingException failure(Object key, String message, Throwable cause) {
    String subject = "key of type " + key.getClass().getName() + ": " + path;
    return new KeyEncodingException(subject + message, cause);
  }

  private String changed(String found) {
    return describe("an object that stays as it is while it is encoded", found)
        + "; copy it first, or keep other threads away";
  }

  private String describe(String expected, String found) {
    Object subject = path.innermost();
    String type = subject == null ? "" : "class " + subject.getClass().getName() + ": ";
    return type + "expected " + expected + ", found " + found;
  }

  private void writeValue(Object value) {
    if (value == null) {
      out.putByte(CanonicalFormatV1.NULL);
      return;
    }
    int registration = registrations.indexOf(value.getClass());
    if (registration == Registrations.NONE) {
      writeBuiltIn(value);
    } else {
      writeRegistered(value, registration);
    }
  }

  private void writeRegistered(Object value, int registration) {
    path.enter(value);
    Class<?> type = registrations.type(registration);
    path.at("parts by the KeyEncoder of " + type.getName());
    Object parts = registrations.parts(registration, value);
    if (parts == null) {
      throw new Refusal(describe("parts", "null") + "; return an object that is not null");
    }
    out.putByte(CanonicalFormatV1.REGISTERED);
    out.putString(type.getName());
    if (parts == value) {
      path.leave();
      writeBuiltIn(parts);
      return;
    }
    if (registrations.indexOf(parts.getClass()) == registration) {
      writeBuiltIn(parts);
    } else {
      writeValue(parts);
    }
    path.leave();
  }

  private void writeBuiltIn(Object value) {
    if (value instanceof String string) {
      out.putString(string);
      return;
    }
    ScalarType<?> scalar = ScalarType.of(value.getClass());
    if (scalar != null) {
      scalar.write(value, out);
    } else if (value instanceof Enum<?> constant) {
      writeEnum(constant);
    } else if (value instanceof Class<?> type) {
      ObjectFields.checkName(type);
      out.putByte(CanonicalFormatV1.CLASS);
      out.putString(type.getName());
    } else {
      writeComposite(value);
    }
  }

  private void writeEnum(Enum<?> constant) {
    out.putByte(CanonicalFormatV1.ENUM);
    out.putString(constant.getDeclaringClass().getName());
    out.putString(constant.name());
  }

  private void writeComposite(Object value) {
    path.enter(value);
    if (value instanceof List<?> list) {
      writeList(list);
    } else if (value instanceof Set<?> set) {
      writeSet(set);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      out.putByte(CanonicalFormatV1.ENTRY);
      path.at("key");
      writeValue(entry.getKey());
      path.at("value");
      writeValue(entry.getValue());
    } else if (value instanceof Optional<?> optional) {
      writeOptional(optional);
    } else if (value instanceof Object[] array) {
      writeArray(array);
    } else {
      writeFields(value);
    }
    path.leave();
  }

  private void writeList(List<?> list) {
    int size = list.size();
    out.putByte(CanonicalFormatV1.LIST);
    out.putCount(size);
    int index = 0;
    for (Object element : list) {
      path.at("element", index++);
      writeValue(element);
    }
    checkSize(size, index);
  }

  private void writeArray(Object[] array) {
    out.putByte(CanonicalFormatV1.OBJECTS);
    out.putCount(array.length);
    for (int i = 0; i < array.length; i++) {
      path.at("element", i);
      writeValue(array[i]);
    }
  }

  private void writeSet(Set<?> set) {
    int size = set.size();
    out.putByte(CanonicalFormatV1.SET);
    out.putCount(size);
    int start = out.size();
    int[] ends = new int[FIRST_ENDS];
    int index = 0;
    for (Object element : set) {
      path.at("element", index);
      writeValue(element);
      ends = withEnd(ends, index++);
    }
    checkSize(size, index);
    out.sortValues(start, ends, index);
  }

  private void writeMap(Map<?, ?> map) {
    int size = map.size();
    out.putByte(CanonicalFormatV1.MAP);
    out.putCount(size);
    int start = out.size();
    int[] ends = new int[FIRST_ENDS];
    int index = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      path.at("key of entry", index);
      writeValue(entry.getKey());
      path.at("value of entry", index);
      writeValue(entry.getValue());
      ends = withEnd(ends, index++);
    }
    checkSize(size, index);
    out.sortValues(start, ends, index);
  }

  private int[] withEnd(int[] ends, int index) {
    int[] room = index < ends.length ? ends : Arrays.copyOf(ends, 2 * index);
    room[index] = out.size();
    return room;
  }

  private void checkSize(int claimed, int found) {
    if (claimed != found) {
      throw new Refusal(changed("a size of " + claimed + " and " + found + " elements"));
    }
  }

  private void writeOptional(Optional<?> optional) {
    out.putByte(CanonicalFormatV1.OPTIONAL);
    out.putByte(optional.isPresent() ? 1 : 0);
    if (optional.isPresent()) {
      path.at("value");
      writeValue(optional.get());
    }
  }

  private void writeFields(Object object) {
    Map<Field, byte[]> fields = ObjectFields.of(object.getClass());
    out.putByte(CanonicalFormatV1.OBJECT);
    out.putString(object.getClass().getName());
    out.putCount(fields.size());
    for (Map.Entry<Field, byte[]> entry : fields.entrySet()) {
      Field field = entry.getKey();
      path.atField(field.getName());
      out.putBytes(entry.getValue());
      writeValue(valueOf(field, object));
    }
  }

  private static Object valueOf(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new Refusal("expected an accessible field, found " + field, e);
    }
  }
}
