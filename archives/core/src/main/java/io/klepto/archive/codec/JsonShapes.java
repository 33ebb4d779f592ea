package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which classes of the application JSON can bring back: enums by name, all others by their
 * fields, but for those that say by themselves how they are serialized.
 *
 * <p>Any number of threads may call at once. Keeps what it learnt as long as it lives.
 */
final class JsonShapes {
  private final ClassNames names;
  private final Shapes shapes;
  private final Map<Class<?>, JsonShape> known = new ConcurrentHashMap<>();

  JsonShapes(ClassNames names) {
    this.names = names;
    this.shapes = new Shapes(names);
  }

  /**
   * Returns the class that a record names, also of an array.
   *
   * @throws ArchiveException if it is not allowed, or not there
   */
  Class<?> load(String name) {
    String component = name;
    int dimensions = 0;
    while (component.endsWith("[]")) {
      component = component.substring(0, component.length() - 2);
      dimensions++;
    }
    try {
      Class<?> type = names.load(component);
      for (int i = 0; i < dimensions; i++) {
        type = type.arrayType();
      }
      return type;
    } catch (ClassNotFoundException e) {
      throw new ArchiveException(
          "class "
              + component
              + ", which the record names, is not there; the archive's loader is "
              + names.loader(),
          e);
    }
  }

  /** Checks that an enum or the component of an array is allowed, and found again by its name. */
  void check(Class<?> type) {
    names.checkWritable(type);
  }

  /**
   * Returns the fields of a class.
   *
   * @throws UnarchivableException if JSON can't bring its objects back
   * @throws ArchiveException if it is not allowed
   */
  JsonShape of(Class<?> type) {
    JsonShape shape = known.get(type);
    if (shape == null) {
      if (WellKnown.of(type) != null
          || shapes.toWrite(type).description().kind() != StreamClass.FIELDS) {
        throw unfit(type);
      }
      shape = new JsonShape(FieldShape.of(type));
      known.put(type, shape);
    }
    return shape;
  }

  /** Returns the refusal of a class that only other codecs have a form for. */
  static UnarchivableException unfit(Class<?> type) {
    return new UnarchivableException(
        "codec json has no form for class "
            + type.getTypeName()
            + (ClassNames.isOfJdk(type)
                ? " of the JDK"
                : ", which says by itself how it is serialized, or hides its fields")
            + "; choose ArchiveConfiguration.builder(...).codec(\"kryo\")");
  }
}
