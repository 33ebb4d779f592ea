package io.klepto.memoize;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A remembered {@link Function3}. Any number of threads may call.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <R> the type of the result
 */
public final class RememberedFunction3<A, B, C, R> extends MemoCalls<R>
    implements Function3<A, B, C, R> {
  private final Function3<? super A, ? super B, ? super C, ? extends R> function;

  RememberedFunction3(
      MemoParts parts, Function3<? super A, ? super B, ? super C, ? extends R> function) {
    super(parts, 3);
    this.function = function;
  }

  /** Returns the remembered result, or evaluates the function. */
  @Override
  public R apply(A a, B b, C c) {
    Object key = keyOf(a, b, c);
    Object hit = hitOrNull(key);
    return hit != null ? resultOf(hit) : remember(key, () -> function.apply(a, b, c));
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Function3<A, B, C, CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return (a, b, c) -> calls.call(keyOf(a, b, c), () -> apply(a, b, c));
  }
}
