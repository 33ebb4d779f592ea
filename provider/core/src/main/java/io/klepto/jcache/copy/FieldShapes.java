package io.klepto.jcache.copy;

import io.klepto.jcache.jvm.NativeImage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.List;

/**
 * Makes the shapes of classes that are copied field by field, and of records.
 *
 * <p>The JIT inlines a method handle only if it is a constant. So each class gets its own copy of a
 * template, a hidden class whose {@code static final} handles are those for this class. A hidden
 * class does not belong to our loader and goes when its shape goes. In a native image, which can't
 * define classes, the handles are fields.
 */
final class FieldShapes {
  /** The class files, read when the first class is defined. */
  private static final class Templates {
    static final byte[] FLAT = classFile(FlatTemplate.class);
    static final byte[] FIELDS = classFile(FieldTemplate.class);
  }

  private FieldShapes() {}

  /**
   * Returns the shape of a class.
   *
   * @throws java.lang.reflect.InaccessibleObjectException if the fields are closed to us
   */
  static Shape shapeFor(Class<?> type) {
    FieldHandles handles = new FieldHandles(type);
    try {
      if (NativeImage.isOne()) {
        return undefined(type, handles);
      }
      if (type.isRecord()) {
        return define(
            Templates.FIELDS, List.of(true, handles.componentsReader(), handles.recordBuilder()));
      }
      if (handles.isFlat()) {
        return define(Templates.FLAT, handles.shell());
      }
      return define(
          Templates.FIELDS,
          List.of(false, handles.partsReader(), handles.partsWriter(), handles.shell()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a copier for " + type.getName(), e);
    }
  }

  private static Shape undefined(Class<?> type, FieldHandles handles)
      throws ReflectiveOperationException {
    if (type.isRecord()) {
      return new FieldHandle(handles.componentsReader(), handles.recordBuilder(), null);
    }
    return handles.isFlat()
        ? new FlatHandle(handles.shell())
        : new FieldHandle(handles.partsReader(), handles.partsWriter(), handles.shell());
  }

  private static Shape define(byte[] template, Object classData)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup =
        MethodHandles.lookup().defineHiddenClassWithClassData(template, classData, true);
    return (Shape) lookup.lookupClass().getDeclaredConstructor().newInstance();
  }

  private static byte[] classFile(Class<?> template) {
    String name = template.getSimpleName() + ".class";
    try (InputStream in = template.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "class file " + name + " is missing beside " + FieldShapes.class.getName());
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
