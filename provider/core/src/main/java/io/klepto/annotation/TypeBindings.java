package io.klepto.annotation;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A class with all that it inherits from, and what the variables of generic types stand for in it.
 * Used while methods are read, by one thread.
 */
final class TypeBindings {
  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private final Set<Class<?>> interfaces = new LinkedHashSet<>();
  private final Map<TypeVariable<?>, Type> variables = new HashMap<>();

  TypeBindings(Class<?> type) {
    for (Class<?> level = type; level != null; level = level.getSuperclass()) {
      if (!level.isInterface()) {
        classes.add(level);
      }
      bind(level.getGenericSuperclass());
    }
    for (Class<?> level = type; level != null; level = level.getSuperclass()) {
      addInterfaces(level);
    }
  }

  private void addInterfaces(Class<?> type) {
    if (type.isInterface()) {
      interfaces.add(type);
    }
    for (Type parent : type.getGenericInterfaces()) {
      bind(parent);
    }
    for (Class<?> parent : type.getInterfaces()) {
      addInterfaces(parent);
    }
  }

  private void bind(Type parent) {
    if (parent instanceof ParameterizedType parameterized) {
      TypeVariable<?>[] declared = ((Class<?>) parameterized.getRawType()).getTypeParameters();
      for (int i = 0; i < declared.length; i++) {
        variables.putIfAbsent(declared[i], parameterized.getActualTypeArguments()[i]);
      }
    }
  }

  /** Returns the class and its superclasses, the most special first; none of an interface. */
  Set<Class<?>> classes() {
    return classes;
  }

  /** Returns all interfaces, those of the most special class first. */
  Set<Class<?>> interfaces() {
    return interfaces;
  }

  /** Returns the classes of a method's parameters as they are in this class. */
  Class<?>[] parametersOf(Method method) {
    return Arrays.stream(method.getGenericParameterTypes())
        .map(this::erased)
        .toArray(Class<?>[]::new);
  }

  private Class<?> erased(Type type) {
    if (type instanceof Class<?> plain) {
      return plain;
    }
    if (type instanceof ParameterizedType parameterized) {
      return (Class<?>) parameterized.getRawType();
    }
    if (type instanceof GenericArrayType array) {
      return Array.newInstance(erased(array.getGenericComponentType()), 0).getClass();
    }
    if (type instanceof WildcardType wildcard) {
      return erased(wildcard.getUpperBounds()[0]);
    }
    TypeVariable<?> variable = (TypeVariable<?>) type;
    Type bound = variables.get(variable);
    return erased(bound == null ? variable.getBounds()[0] : bound);
  }
}
