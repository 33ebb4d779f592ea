package io.klepto.annotation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The calls of an interface, each to a method of a target, cached as its annotation says. The
 * methods of {@code Object} are the proxy's own. Immutable once it is made.
 */
final class CachingProxy implements InvocationHandler {
  private static final Object[] NONE = {};

  private final Object target;
  private final Map<Method, ProxiedMethod> methods = new HashMap<>();

  private CachingProxy(Object target) {
    this.target = target;
  }

  static <T> T of(Interpreter interpreter, Class<T> type, Object target) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(
          ("proxy of %s: expected an interface, found a class; write an interface with the methods"
                  + " to be cached and use facade, which does not ask the class to implement it")
              .formatted(type.getName()));
    }
    CachingProxy calls = new CachingProxy(target);
    Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        calls.methods.put(method, calls.proxied(interpreter, method, proxy));
      }
    }
    return type.cast(proxy);
  }

  private ProxiedMethod proxied(Interpreter interpreter, Method method, Object proxy) {
    if (method.getDeclaringClass().isInstance(target)) {
      return new ProxiedMethod(
          interpreter.method(target.getClass(), method), new TargetMethod(method));
    }
    Optional<Method> own = TargetMethod.find(target.getClass(), method);
    if (own.isPresent()) {
      return new ProxiedMethod(
          interpreter.method(target.getClass(), own.get()), new TargetMethod(own.get()));
    }
    if (method.isDefault()) {
      return new ProxiedMethod(
          Optional.empty(),
          (ignored, arguments) -> InvocationHandler.invokeDefault(proxy, method, arguments));
    }
    throw new IllegalArgumentException(
        ("facade of %s: expected a method like %s, found none; add it, or take it out of "
                + "the interface")
            .formatted(target.getClass().getName(), method));
  }

  @Override
  public Object invoke(Object self, Method method, Object[] argumentsOrNull) throws Throwable {
    Object[] arguments = argumentsOrNull == null ? NONE : argumentsOrNull;
    ProxiedMethod proxied = methods.get(method);
    if (proxied != null) {
      return proxied.call(target, arguments);
    }
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "cached " + target;
    };
  }

  /** A method of the interface: what its annotation says, if it has one, and its body. */
  private static final class ProxiedMethod {
    private final CachedMethod cachedOrNull;
    private final MethodBody<Throwable> body;

    ProxiedMethod(Optional<CachedMethod> cached, MethodBody<Throwable> body) {
      this.cachedOrNull = cached.orElse(null);
      this.body = body;
    }

    Object call(Object target, Object[] arguments) throws Throwable {
      return cachedOrNull == null
          ? body.run(target, arguments)
          : cachedOrNull.call(target, arguments, body);
    }
  }
}
