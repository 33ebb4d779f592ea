package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Java serialization's reader behind the allow-list, with limits that follow from the number of
 * bytes: array elements and references in total, depth, and what hashing the keys may cost.
 *
 * <p>A class is looked up only after its name is allowed, in the codec's loader, and is not
 * initialised by that. Proxies are refused: each list of interfaces would define a class that
 * stays.
 */
final class FilteredObjectInput extends ObjectInputStream {
  /**
   * Elements that a stream may claim for each byte: a table of a map is up to four times larger.
   */
  private static final long ELEMENTS_PER_BYTE = 4;

  private static final long FREE_ELEMENTS = 1024;

  private final ClassNames names;
  private final long length;
  private final int maxLevels;
  private final HashWork hashWork = new HashWork();
  private long elements;
  private boolean tooDeep;
  private String rejected;

  FilteredObjectInput(InputStream bytes, ClassNames names, long length, int maxLevels)
      throws IOException {
    super(bytes);
    this.names = names;
    this.length = length;
    this.maxLevels = maxLevels;
    setObjectInputFilter(this::check);
    enableResolveObject(true);
  }

  /**
   * Reads the object of the stream.
   *
   * @throws NestedTooDeepException if the graph has more levels than this attempt may take
   * @throws ArchiveException if a limit or the allow-list is hurt
   */
  Object readChecked() throws IOException, ClassNotFoundException {
    try {
      return readObject();
    } catch (InvalidClassException e) {
      if (tooDeep) {
        throw new NestedTooDeepException(maxLevels);
      }
      if (rejected != null) {
        throw new ArchiveException("serialized object refused: " + rejected, e);
      }
      throw e;
    }
  }

  private ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo info) {
    if (info.depth() > maxLevels) {
      tooDeep = true;
      return ObjectInputFilter.Status.REJECTED;
    }
    if (info.references() > length) {
      return reject("it claims " + info.references() + " objects in " + length + " bytes");
    }
    if (info.arrayLength() >= 0) {
      elements += info.arrayLength();
      if (elements > FREE_ELEMENTS + ELEMENTS_PER_BYTE * length) {
        return reject("it claims " + elements + " array elements in " + length + " bytes");
      }
    }
    return info.serialClass() == null
        ? ObjectInputFilter.Status.UNDECIDED
        : checkClass(info.serialClass());
  }

  private ObjectInputFilter.Status checkClass(Class<?> type) {
    Class<?> component = type;
    while (component.isArray()) {
      component = component.getComponentType();
    }
    if (!names.allows(component.getName())) {
      return reject("class " + component.getName() + " is not allowed");
    }
    if (hashes(type) && !hashWork.noteHashing(length)) {
      return rejectHashing();
    }
    return ObjectInputFilter.Status.ALLOWED;
  }

  private static boolean hashes(Class<?> type) {
    return (Set.class.isAssignableFrom(type) && !SortedSet.class.isAssignableFrom(type))
        || (Map.class.isAssignableFrom(type) && !SortedMap.class.isAssignableFrom(type))
        || type.getName().equals("java.util.CollSer");
  }

  private ObjectInputFilter.Status rejectHashing() {
    return reject("hashing its keys would cost out of proportion to its " + length + " bytes");
  }

  private ObjectInputFilter.Status reject(String reason) {
    rejected = reason;
    return ObjectInputFilter.Status.REJECTED;
  }

  @Override
  protected Object resolveObject(Object object) throws IOException {
    if (!hashWork.note(object, length)) {
      throw new InvalidObjectException(
          "hashing its keys would cost out of proportion to its " + length + " bytes");
    }
    return object;
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
    String name = descriptor.getName();
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    Class<?> type =
        dimensions == 0 ? names.load(name) : component(name.substring(dimensions), name);
    for (int i = 0; i < dimensions; i++) {
      type = type.arrayType();
    }
    return type;
  }

  private Class<?> component(String descriptor, String name) throws ClassNotFoundException {
    return switch (descriptor) {
      case "Z" -> boolean.class;
      case "B" -> byte.class;
      case "S" -> short.class;
      case "C" -> char.class;
      case "I" -> int.class;
      case "J" -> long.class;
      case "F" -> float.class;
      case "D" -> double.class;
      default -> {
        if (!descriptor.startsWith("L") || !descriptor.endsWith(";")) {
          throw new ClassNotFoundException(name);
        }
        yield names.load(descriptor.substring(1, descriptor.length() - 1));
      }
    };
  }

  @Override
  protected Class<?> resolveProxyClass(String[] interfaces) {
    throw CheckedObjectOutput.proxy(List.of(interfaces));
  }
}
