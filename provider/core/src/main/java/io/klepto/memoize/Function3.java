package io.klepto.memoize;

/**
 * A function of three arguments.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <R> the type of the result
 */
@FunctionalInterface
public interface Function3<A, B, C, R> {
  /** Returns the result for these arguments. */
  R apply(A a, B b, C c);
}
