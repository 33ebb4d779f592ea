package io.klepto.memoize;

import io.klepto.keymap.Arguments;
import io.klepto.keymap.Signature;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A method and the object that it is called on, as a function. Arguments beyond the declared ones
 * of a method with a variable number are one array. Immutable.
 *
 * @param method the method
 * @param receiverOrNull the object; null if the method is static
 */
record MemoMethod(Method method, Object receiverOrNull) implements MemoCallable<Object> {

  /** Returns how a method is told from all others of all types, its overloads included. */
  static String nameOf(String owner, Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getTypeName)
        .collect(Collectors.joining(",", owner + "." + method.getName() + "(", ")"));
  }

  /** Returns the signature with the names of the parameters, or without names if there are none. */
  static Signature signatureOf(String name, Method method) {
    Signature.Builder builder = Signature.builder(name);
    for (Parameter parameter : method.getParameters()) {
      if (!parameter.isNamePresent()) {
        return Signature.unnamed(name);
      }
      builder.parameter(parameter.getName());
    }
    return builder.build();
  }

  /**
   * Makes a method callable from here.
   *
   * @throws IllegalArgumentException if its module is closed to this one
   */
  static Method accessible(Method method) {
    if (!method.trySetAccessible()) {
      throw new IllegalArgumentException(
          "method %s: expected one that can be called, found it closed; open its package %s to"
                  .formatted(method, method.getDeclaringClass().getPackageName())
              + " io.klepto.jcache");
    }
    return method;
  }

  @Override
  public Object evaluate(Arguments call) throws Exception {
    List<Object> arguments = new ArrayList<>(call.positional());
    for (Parameter parameter : method.getParameters()) {
      if (arguments.size() < method.getParameterCount()
          && call.named().containsKey(parameter.getName())) {
        arguments.add(call.named().get(parameter.getName()));
      }
    }
    return invoke(method, receiverOrNull, arguments.toArray());
  }

  /** Calls a method and throws what it throws. */
  static Object invoke(Method method, Object receiverOrNull, Object... arguments) throws Exception {
    try {
      return method.invoke(receiverOrNull, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw MemoFailure.rethrow(e.getCause());
    }
  }
}
