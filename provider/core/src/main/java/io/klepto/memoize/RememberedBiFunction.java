package io.klepto.memoize;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * A remembered {@link BiFunction}. Any number of threads may call.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <R> the type of the result
 */
public final class RememberedBiFunction<A, B, R> extends MemoCalls<R>
    implements BiFunction<A, B, R> {
  private final BiFunction<? super A, ? super B, ? extends R> function;

  RememberedBiFunction(MemoParts parts, BiFunction<? super A, ? super B, ? extends R> function) {
    super(parts, 2);
    this.function = function;
  }

  /** Returns the remembered result, or evaluates the function. */
  @Override
  public R apply(A a, B b) {
    Object key = keyOf(a, b);
    Object hit = hitOrNull(key);
    return hit != null ? resultOf(hit) : remember(key, () -> function.apply(a, b));
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public BiFunction<A, B, CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return (a, b) -> calls.call(keyOf(a, b), () -> apply(a, b));
  }
}
