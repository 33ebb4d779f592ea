package io.klepto.jcache.copy;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Tells which classes define how they are serialized, and must therefore go through Java
 * serialization instead of being copied field by field. Source: Java Object Serialization
 * Specification, sections 1.5, 1.13, 2.3, 2.5, 3.4 and 3.7.
 *
 * <p>Deviation: a private {@code writeReplace} or {@code readResolve} of a superclass counts,
 * though serialization does not call it. That costs time and changes nothing.
 */
final class SerializationProtocol {
  private SerializationProtocol() {}

  /** Returns whether a class, or one that it extends, defines a part of the protocol. */
  static boolean isDefinedBy(Class<?> type) {
    boolean isExternal = Externalizable.class.isAssignableFrom(type) && !type.isRecord();
    return isExternal || replaces(type) || anyInLine(type, SerializationProtocol::isStreamed);
  }

  /** Returns whether objects may be replaced by others when they are written or read. */
  static boolean replaces(Class<?> type) {
    return anyInLine(type, c -> hasMethod(c, SerializationProtocol::isReplacement));
  }

  private static boolean anyInLine(Class<?> type, Predicate<Class<?>> condition) {
    for (Class<?> c = type; c != null && Serializable.class.isAssignableFrom(c); ) {
      if (condition.test(c)) {
        return true;
      }
      c = c.getSuperclass();
    }
    return false;
  }

  // Records are not written and read by methods of their own, nor by fields of their choice.
  private static boolean isStreamed(Class<?> type) {
    return !type.isRecord()
        && (hasMethod(type, SerializationProtocol::isStreaming) || declaresFields(type));
  }

  private static boolean hasMethod(Class<?> type, Predicate<Method> condition) {
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers()) && condition.test(method)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isReplacement(Method method) {
    return switch (method.getName()) {
      case "writeReplace", "readResolve" -> is(method, Object.class);
      default -> false;
    };
  }

  private static boolean isStreaming(Method method) {
    return switch (method.getName()) {
      case "writeObject" -> is(method, void.class, ObjectOutputStream.class);
      case "readObject" -> is(method, void.class, ObjectInputStream.class);
      case "readObjectNoData" -> is(method, void.class);
      default -> false;
    };
  }

  private static boolean is(Method method, Class<?> result, Class<?>... parameters) {
    return method.getReturnType() == result
        && Arrays.equals(method.getParameterTypes(), parameters);
  }

  private static boolean declaresFields(Class<?> type) {
    try {
      Field field = type.getDeclaredField("serialPersistentFields");
      return field.getType() == ObjectStreamField[].class
          && Modifier.isStatic(field.getModifiers())
          && Modifier.isPrivate(field.getModifiers());
    } catch (NoSuchFieldException e) {
      return false;
    }
  }
}
