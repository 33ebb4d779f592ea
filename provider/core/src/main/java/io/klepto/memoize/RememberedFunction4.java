package io.klepto.memoize;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A remembered {@link Function4}. Any number of threads may call.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <R> the type of the result
 */
public final class RememberedFunction4<A, B, C, D, R> extends MemoCalls<R>
    implements Function4<A, B, C, D, R> {
  private final Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function;

  RememberedFunction4(
      MemoParts parts,
      Function4<? super A, ? super B, ? super C, ? super D, ? extends R> function) {
    super(parts, 4);
    this.function = function;
  }

  /** Returns the remembered result, or evaluates the function. */
  @Override
  public R apply(A a, B b, C c, D d) {
    Object key = keyOf(a, b, c, d);
    Object hit = hitOrNull(key);
    return hit != null ? resultOf(hit) : remember(key, () -> function.apply(a, b, c, d));
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Function4<A, B, C, D, CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return (a, b, c, d) -> calls.call(keyOf(a, b, c, d), () -> apply(a, b, c, d));
  }
}
