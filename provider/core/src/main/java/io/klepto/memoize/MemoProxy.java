package io.klepto.memoize;

import io.klepto.keymap.Arguments;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The calls of an interface whose methods are remembered, each as a function of its own.
 *
 * <p>A default method that the target does not override runs on the proxy, so that what it calls is
 * remembered too. A method without a result is passed to the target each time. The methods of
 * {@code Object} are the proxy's: it equals itself alone.
 *
 * @param <T> the interface
 */
final class MemoProxy<T> implements InvocationHandler {
  private static final Object[] NONE = {};

  private final T target;
  private final T proxy;
  private final Map<String, RememberedCalls<Object>> functions = new HashMap<>();

  /**
   * Makes the proxy.
   *
   * @param remembering makes a function of a method and what evaluates it
   */
  MemoProxy(
      Class<T> type,
      T target,
      BiFunction<Method, MemoCallable<Object>, RememberedCalls<Object>> remembering) {
    this.target = target;
    this.proxy =
        type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
    for (Method method : type.getMethods()) {
      boolean isRemembered =
          !Modifier.isStatic(method.getModifiers())
              && !method.isBridge()
              && method.getReturnType() != void.class;
      if (isRemembered) {
        functions.computeIfAbsent(
            nameOf(method), name -> remembering.apply(method, evaluationOf(method)));
      }
    }
  }

  /** Methods that differ in nothing but the type of their result are one. */
  private static String nameOf(Method method) {
    return MemoMethod.nameOf("", method);
  }

  T proxy() {
    return proxy;
  }

  /** Returns the method of the target's class that a method of the interface stands for. */
  static Method implementation(Class<?> targetType, Method method) {
    try {
      return targetType.getMethod(method.getName(), method.getParameterTypes());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(
          "every implementation of an interface has its methods, " + targetType + " has not", e);
    }
  }

  private MemoCallable<Object> evaluationOf(Method method) {
    boolean isInherited = implementation(target.getClass(), method).equals(method);
    if (isInherited && Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
      return call -> {
        try {
          return InvocationHandler.invokeDefault(proxy, method, call.positional().toArray());
        } catch (Error e) {
          throw e;
        } catch (Throwable e) {
          throw MemoFailure.rethrow(e);
        }
      };
    }
    return new MemoMethod(MemoMethod.accessible(method), target);
  }

  @Override
  public Object invoke(Object self, Method method, Object[] argumentsOrNull) throws Throwable {
    Object[] arguments = argumentsOrNull == null ? NONE : argumentsOrNull;
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> self == arguments[0];
        case "hashCode" -> System.identityHashCode(self);
        default -> "remembered " + target;
      };
    }
    RememberedCalls<Object> function = functions.get(nameOf(method));
    return function == null
        ? MemoMethod.invoke(MemoMethod.accessible(method), target, arguments)
        : function.callWith(Arguments.of(arguments));
  }
}
