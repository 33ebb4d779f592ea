package io.klepto.archive.codec;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;

/**
 * What a field's declaration says of its values: a class and what stands between its angle
 * brackets. Where a declaration says nothing, it is {@link #UNKNOWN}.
 *
 * @param raw the class, of a primitive type its wrapper
 * @param arguments the type arguments; of an array its component alone
 */
record JsonType(Class<?> raw, List<JsonType> arguments) {
  static final JsonType UNKNOWN = new JsonType(Object.class, List.of());

  static JsonType of(Type type) {
    if (type instanceof Class<?> c) {
      return of(c);
    } else if (type instanceof ParameterizedType parameterized) {
      return new JsonType(
          (Class<?>) parameterized.getRawType(),
          Arrays.stream(parameterized.getActualTypeArguments()).map(JsonType::of).toList());
    } else if (type instanceof GenericArrayType array) {
      JsonType component = of(array.getGenericComponentType());
      return new JsonType(component.raw().arrayType(), List.of(component));
    } else if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0]);
    }
    return UNKNOWN;
  }

  private static JsonType of(Class<?> type) {
    if (type == Object.class) {
      return UNKNOWN;
    }
    return type.isArray()
        ? new JsonType(type, List.of(of(type.getComponentType())))
        : new JsonType(MethodType.methodType(type).wrap().returnType(), List.of());
  }

  /** Returns a type argument, or that nothing is known of it. */
  JsonType argument(int index) {
    return index < arguments.size() ? arguments.get(index) : UNKNOWN;
  }
}
