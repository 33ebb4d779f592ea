package io.klepto.jcache.copy;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Serializable;
import java.io.Writer;
import java.lang.ref.SoftReference;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.channels.Channel;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The shape of every class, decided once per class and cached.
 *
 * <p><b>Class loaders.</b> Nobody's loader is kept alive. The shape of a class hangs on that class
 * ({@link ClassValue}) and can be unloaded with it; it hangs there softly, so that a class which
 * outlives this library does not hold on to the library. Classes of the boot loader are never
 * unloaded, so theirs are in a map of our own. A shape that was dropped for want of memory is made
 * again.
 *
 * <p>Thread-safe. A hit allocates nothing.
 */
final class Shapes {
  private static final ConcurrentMap<Class<?>, Shape> OF_BOOT_CLASSES = new ConcurrentHashMap<>();

  private static final ClassValue<SoftReference<Shape>> OF_CLASSES =
      new ClassValue<>() {
        @Override
        protected SoftReference<Shape> computeValue(Class<?> type) {
          return new SoftReference<>(shapeFor(type));
        }
      };

  private static final List<Class<?>> RESOURCES =
      List.of(
          Thread.class,
          ClassLoader.class,
          InputStream.class,
          OutputStream.class,
          Reader.class,
          Writer.class,
          Channel.class);

  private Shapes() {}

  /** Returns the shape of the objects that are of exactly this class. */
  static Shape of(Class<?> type) {
    if (type.getClassLoader() == null && !type.isHidden()) {
      Shape shape = OF_BOOT_CLASSES.get(type);
      if (shape == null) {
        shape = shapeFor(type);
        OF_BOOT_CLASSES.put(type, shape); // another thread may have put its equal
      }
      return shape;
    }
    while (true) {
      Shape shape = OF_CLASSES.get(type).get();
      if (shape != null) {
        return shape;
      }
      OF_CLASSES.remove(type);
    }
  }

  private static Shape shapeFor(Class<?> type) {
    if (ImmutableTypes.isImmutable(type) || type == SerializedForm.class) {
      return Leaf.IMMUTABLE;
    }
    if (type.isArray()) {
      return ArrayShape.of(type);
    }
    Shape known = JdkShapes.find(type);
    if (known != null) {
      return known;
    }
    boolean serializable = Serializable.class.isAssignableFrom(type);
    if (serializable && (isOfPlatform(type) || SerializationProtocol.isDefinedBy(type))) {
      return SerializedShape.of(type);
    }
    for (Class<?> resource : RESOURCES) {
      if (!serializable && resource.isAssignableFrom(type)) {
        return Refusal.resource(resource);
      }
    }
    if (isOfPlatform(type)) {
      return Refusal.unknownToUs();
    }
    if (type.isHidden()) {
      return Refusal.hidden();
    }
    try {
      return FieldShapes.shapeFor(type);
    } catch (InaccessibleObjectException e) {
      return serializable
          ? SerializedShape.of(type)
          : Refusal.closed(firstClosed(type), e.getMessage());
    }
  }

  private static Class<?> firstClosed(Class<?> type) {
    Class<?> c = type;
    while (c.getSuperclass() != Object.class
        && c.getModule().isOpen(c.getPackageName(), Shapes.class.getModule())) {
      c = c.getSuperclass();
    }
    return c;
  }

  /** Returns whether a class came with the JDK. */
  static boolean isOfPlatform(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return (loader == null && !type.isHidden()) || loader == ClassLoader.getPlatformClassLoader();
  }
}
