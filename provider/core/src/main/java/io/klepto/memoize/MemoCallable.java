package io.klepto.memoize;

import io.klepto.keymap.Arguments;

/**
 * What evaluates a call, given its arguments.
 *
 * @param <R> the type of the results
 */
@FunctionalInterface
interface MemoCallable<R> {
  /** Returns the result of a call. */
  R evaluate(Arguments call) throws Exception;
}
