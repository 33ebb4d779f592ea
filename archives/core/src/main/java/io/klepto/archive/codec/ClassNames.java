package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds classes by the names that records give: allowed first, then loaded, never initialised.
 *
 * <p>Any number of threads may call at once. Keeps the classes that it found, and so their loader,
 * as long as it lives.
 */
final class ClassNames {
  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "short", short.class,
          "char", char.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class,
          "void", void.class);

  private static final String REMEDY =
      "; set ArchiveConfiguration.builder(...).classLoader(...) to one that sees the class";

  private final ClassAllowList allowList;
  private final ClassLoader loader;
  private final Map<String, Class<?>> found = new ConcurrentHashMap<>();

  ClassNames(CodecOptions options) {
    this.allowList = options.allowList();
    this.loader = options.classLoader();
  }

  static boolean isPrimitive(String name) {
    return PRIMITIVES.containsKey(name);
  }

  /** Returns whether a class comes with the JDK; such classes hide their fields. */
  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** Returns the class that declares an object's constants and fields: the enum, not a body. */
  static Class<?> named(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return parent != null && parent.isEnum() ? parent : type;
  }

  ClassLoader loader() {
    return loader;
  }

  boolean allows(String name) {
    return allowList.allows(name);
  }

  /** Checks that a class may be named, or refuses by the setting that would allow it. */
  void check(String name) {
    allowList.check(name);
  }

  /**
   * Returns the class of a name that is not an array's.
   *
   * @throws ArchiveException if it is not allowed
   * @throws ClassNotFoundException if it is allowed and the loader has none
   */
  Class<?> load(String name) throws ClassNotFoundException {
    Class<?> type = found.get(name);
    if (type != null) {
      return type;
    }
    check(name);
    type = PRIMITIVES.get(name);
    if (type == null) {
      type = Class.forName(name, false, loader);
    }
    found.put(name, type);
    return type;
  }

  /**
   * Checks that an object's class could be found again by its name.
   *
   * @param type a class, not of an array
   * @throws ArchiveException if it is not allowed, or the loader has none or another of this name
   */
  void checkWritable(Class<?> type) {
    Class<?> again;
    try {
      again = load(type.getName());
    } catch (ClassNotFoundException e) {
      throw new ArchiveException(unreadable(type) + "finds no class of this name" + REMEDY, e);
    }
    if (again != type) {
      throw new ArchiveException(
          unreadable(type)
              + "finds another class of this name, loaded by "
              + again.getClassLoader()
              + REMEDY);
    }
  }

  private String unreadable(Class<?> type) {
    return "class "
        + type.getName()
        + ", loaded by "
        + type.getClassLoader()
        + ", could not be read back: the archive's loader "
        + loader
        + " ";
  }
}
