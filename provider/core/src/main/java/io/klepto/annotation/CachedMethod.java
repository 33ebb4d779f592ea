package io.klepto.annotation;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;

/**
 * A method with one of the cache annotations, read and understood: what {@link Interpreter#method}
 * gives to those who intercept calls.
 *
 * <p>Immutable, and any number of threads may call. A hit costs the key and what the cache needs;
 * nothing is looked up by reflection.
 */
public final class CachedMethod {
  private final Plan<?> plan;

  /**
   * What a method is made of.
   *
   * @param needsCall whether a generator or resolver has to see each call
   */
  record Plan<A extends Annotation>(
      MethodDetails<A> details,
      MethodParameters parameters,
      MethodOperation operation,
      boolean needsCall) {

    MethodCall<A> callOrNull(Object target, Object[] arguments) {
      return needsCall ? new MethodCall<>(details, parameters, target, arguments) : null;
    }
  }

  CachedMethod(Plan<?> plan) {
    this.plan = plan;
  }

  /**
   * Runs a call as the method's annotation says: the body runs once, or not at all if the cache has
   * the answer.
   *
   * @param target the object that the method is called on
   * @param arguments the arguments of the call, primitive ones boxed; read, and for a change after
   *     the method read again then
   * @param body runs the method
   * @return the result of the body, or the one from the cache
   * @throws X what the body throws, or threw before if the method's exceptions are kept
   * @throws javax.cache.CacheException if the cache fails
   */
  public <X extends Throwable> Object call(Object target, Object[] arguments, MethodBody<X> body)
      throws X {
    return plan.operation().run(plan.callOrNull(target, arguments), target, arguments, body);
  }

  /** Returns the annotation that was found. */
  public Annotation annotation() {
    return plan.details().getCacheAnnotation();
  }

  /** Returns the method that has the annotation, of the class or one it inherits from. */
  public Method method() {
    return plan.details().getMethod();
  }

  /** Returns the name of the cache, by JSR-107's rules; a resolver may take another cache. */
  public String cacheName() {
    return plan.details().getCacheName();
  }

  /** Returns the annotation and the method. */
  @Override
  public String toString() {
    return plan.details().toString();
  }
}
