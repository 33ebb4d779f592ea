package io.klepto.annotation;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import javax.cache.CacheException;

/**
 * The generators and resolver factories that annotations name, one object of each class: from the
 * container if it has one, else made by the public constructor without parameters. Any number of
 * threads may ask.
 */
final class Instances {
  private final Function<? super Class<?>, ?> container;
  private final ConcurrentMap<Class<?>, Object> made = new ConcurrentHashMap<>();

  /**
   * Creates the instances.
   *
   * @param container returns an object of a class, or null to have it made
   */
  Instances(Function<? super Class<?>, ?> container) {
    this.container = container;
  }

  <T> T of(Class<T> type) {
    Object known = made.get(type);
    if (known == null) {
      Object found = container.apply(type);
      Object made = found == null ? make(type) : found;
      if (!type.isInstance(made)) {
        throw new CacheException(
            ("class %s, named in a cache annotation: expected an object of it from the "
                    + "container, found one of %s")
                .formatted(type.getName(), made.getClass().getName()));
      }
      Object earlier = this.made.putIfAbsent(type, made);
      known = earlier == null ? made : earlier;
    }
    return type.cast(known);
  }

  private static Object make(Class<?> type) {
    try {
      Constructor<?> constructor = type.getConstructor();
      constructor.trySetAccessible();
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new CacheException(
          "class %s, named in a cache annotation: expected its constructor to succeed, found %s"
              .formatted(type.getName(), e.getCause()),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new CacheException(
          ("class %s, named in a cache annotation: expected a public constructor without "
                  + "parameters, found %s; add one, in a package that is open to io.klepto.jcache, "
                  + "or give the interpreter the objects with InterpreterBuilder.instances")
              .formatted(type.getName(), e),
          e);
    }
  }
}
