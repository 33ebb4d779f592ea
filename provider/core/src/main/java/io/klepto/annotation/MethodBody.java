package io.klepto.annotation;

/**
 * What an annotated method does when its cache does not answer: the rest of an interception.
 *
 * @param <X> what it throws
 */
@FunctionalInterface
public interface MethodBody<X extends Throwable> {
  /**
   * Runs the method.
   *
   * @param target the object it was called on
   * @param arguments the arguments of the call
   * @return its result, null if it has none
   */
  Object run(Object target, Object[] arguments) throws X;
}
