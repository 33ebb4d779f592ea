package io.klepto.memoize;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A remembered {@link Function6}. Any number of threads may call.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <F> the type of the sixth argument
 * @param <R> the type of the result
 */
public final class RememberedFunction6<A, B, C, D, E, F, R> extends MemoCalls<R>
    implements Function6<A, B, C, D, E, F, R> {
  private final Function6<
          ? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? extends R>
      function;

  RememberedFunction6(
      MemoParts parts,
      Function6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F, ? extends R>
          function) {
    super(parts, 6);
    this.function = function;
  }

  /** Returns the remembered result, or evaluates the function. */
  @Override
  public R apply(A a, B b, C c, D d, E e, F f) {
    Object key = keyOf(a, b, c, d, e, f);
    Object hit = hitOrNull(key);
    return hit != null ? resultOf(hit) : remember(key, () -> function.apply(a, b, c, d, e, f));
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Function6<A, B, C, D, E, F, CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return (a, b, c, d, e, f) -> calls.call(keyOf(a, b, c, d, e, f), () -> apply(a, b, c, d, e, f));
  }
}
