package io.klepto.jcache.config.file;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;

/**
 * Finds the classes that a file names, when a cache is created.
 *
 * @param loader the manager's
 */
record NamedClasses(ClassLoader loader) {
  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of(
          "boolean", boolean.class,
          "byte", byte.class,
          "char", char.class,
          "short", short.class,
          "int", int.class,
          "long", long.class,
          "float", float.class,
          "double", double.class);

  /** Returns the class of keys or values: a name without a dot is one of {@code java.lang}. */
  Class<?> type(Value named) {
    String name = named.name("the name of a class").strip();
    int dimensions = 0;
    while (name.endsWith("[]")) {
      name = name.substring(0, name.length() - 2).strip();
      dimensions++;
    }
    Class<?> type =
        dimensions > 0 && PRIMITIVES.containsKey(name)
            ? PRIMITIVES.get(name)
            : find(named, name.contains(".") ? name : "java.lang." + name);
    for (int i = 0; i < dimensions; i++) {
      type = type.arrayType();
    }
    return type;
  }

  /**
   * Returns a factory of what a class name stands for: its instances, or what it makes if it is
   * itself a {@link Factory}.
   *
   * @param expected what its instances must be
   */
  @SuppressWarnings("unchecked") // a factory of the user's is asked for its product, then checked
  <T> Factory<T> factory(Value named, Class<T> expected) {
    Class<?> type = find(named, named.name("the name of a class").strip());
    if (Factory.class.isAssignableFrom(type)) {
      return (Factory<T>) instance(named, type);
    }
    if (!expected.isAssignableFrom(type)) {
      throw named.refused(
          "a class that is a %s or makes them as a %s"
              .formatted(expected.getName(), Factory.class.getName()),
          type.getName(),
          "");
    }
    requireConstructor(named, type);
    return new ClassFactory<>((Class<? extends T>) type);
  }

  private static Object instance(Value named, Class<?> type) {
    requireConstructor(named, type);
    return new ClassFactory<>(type).create();
  }

  private static void requireConstructor(Value named, Class<?> type) {
    boolean hasOne =
        Arrays.stream(type.getDeclaredConstructors()).anyMatch(c -> c.getParameterCount() == 0);
    if (!hasOne || Modifier.isAbstract(type.getModifiers())) {
      throw named.refused(
          "a class that has instances, and a constructor without parameters", type.getName(), "");
    }
  }

  private Class<?> find(Value named, String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      String expected = "a class that the manager's class loader finds";
      if (named.isFromOutside()) {
        throw named.refused(expected, "another, which is not shown", ""); // no cause: it shows it
      }
      CacheException refused = named.refused(expected, name, "");
      refused.initCause(e);
      throw refused;
    }
  }

  /** Makes instances of a class by its constructor without parameters. */
  record ClassFactory<T>(Class<? extends T> type) implements Factory<T> {
    private static final long serialVersionUID = 1L;

    @Override
    public T create() {
      try {
        Constructor<? extends T> constructor = type.getDeclaredConstructor();
        constructor.trySetAccessible();
        return constructor.newInstance();
      } catch (InvocationTargetException e) {
        throw failed(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw failed(e);
      }
    }

    private CacheException failed(Throwable cause) {
      return new CacheException("cannot make a " + type.getName() + ": " + cause, cause);
    }
  }
}
