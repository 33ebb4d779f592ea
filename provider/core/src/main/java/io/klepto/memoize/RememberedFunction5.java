package io.klepto.memoize;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A remembered {@link Function5}. Any number of threads may call.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <R> the type of the result
 */
public final class RememberedFunction5<A, B, C, D, E, R> extends MemoCalls<R>
    implements Function5<A, B, C, D, E, R> {
  private final Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R>
      function;

  RememberedFunction5(
      MemoParts parts,
      Function5<? super A, ? super B, ? super C, ? super D, ? super E, ? extends R> function) {
    super(parts, 5);
    this.function = function;
  }

  /** Returns the remembered result, or evaluates the function. */
  @Override
  public R apply(A a, B b, C c, D d, E e) {
    Object key = keyOf(a, b, c, d, e);
    Object hit = hitOrNull(key);
    return hit != null ? resultOf(hit) : remember(key, () -> function.apply(a, b, c, d, e));
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Function5<A, B, C, D, E, CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return (a, b, c, d, e) -> calls.call(keyOf(a, b, c, d, e), () -> apply(a, b, c, d, e));
  }
}
