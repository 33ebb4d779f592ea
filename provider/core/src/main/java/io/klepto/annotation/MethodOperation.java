package io.klepto.annotation;

/**
 * What is done with a cache around a call of an annotated method. Immutable, any number of threads
 * may run it.
 */
interface MethodOperation {
  /**
   * Runs a call.
   *
   * @param callOrNull the call as generators and resolvers of users see it; null if there are none
   * @return the result, of the method or from the cache
   */
  <X extends Throwable> Object run(
      MethodCall<?> callOrNull, Object target, Object[] arguments, MethodBody<X> body) throws X;
}
