package io.klepto.annotation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/** A method of the target of a proxy, ready to be called. Immutable. */
final class TargetMethod implements MethodBody<Throwable> {
  private static final MethodType GENERIC =
      MethodType.methodType(Object.class, Object.class, Object[].class);

  private final MethodHandle handle;

  /**
   * Makes a method callable.
   *
   * @throws IllegalArgumentException if its module is closed to this one
   */
  TargetMethod(Method method) {
    try {
      if (!method.trySetAccessible()) {
        throw new IllegalAccessException("package " + method.getDeclaringClass().getPackageName());
      }
      this.handle =
          MethodHandles.lookup()
              .unreflect(method)
              .asFixedArity()
              .asSpreader(Object[].class, method.getParameterCount())
              .asType(GENERIC);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          ("method %s: expected one that can be called, found it closed; open its package "
                  + "%s to io.klepto.jcache")
              .formatted(method, method.getDeclaringClass().getPackageName()),
          e);
    }
  }

  /**
   * Returns a class's method of the name and parameters of another, its own or an inherited one.
   */
  static Optional<Method> find(Class<?> type, Method like) {
    for (Class<?> level = type; level != null; level = level.getSuperclass()) {
      Optional<Method> found = declared(level, like);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Method> declared(Class<?> type, Method like) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(like.getName()))
        .filter(method -> (method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) == 0)
        .filter(method -> !method.isBridge())
        .filter(method -> Arrays.equals(method.getParameterTypes(), like.getParameterTypes()))
        .filter(method -> fits(method.getReturnType(), like.getReturnType()))
        .findFirst();
  }

  private static boolean fits(Class<?> found, Class<?> expected) {
    return MethodType.methodType(expected)
        .wrap()
        .returnType()
        .isAssignableFrom(MethodType.methodType(found).wrap().returnType());
  }

  @Override
  public Object run(Object target, Object[] arguments) throws Throwable {
    return (Object) handle.invokeExact(target, arguments);
  }
}
