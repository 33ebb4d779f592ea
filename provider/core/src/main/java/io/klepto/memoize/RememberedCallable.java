package io.klepto.memoize;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A remembered {@link Callable}: evaluated once, unless forgotten. Any number of threads may call.
 *
 * @param <R> the type of the result
 */
public final class RememberedCallable<R> extends MemoCalls<R> implements Callable<R> {
  private final Callable<? extends R> function;

  RememberedCallable(MemoParts parts, Callable<? extends R> function) {
    super(parts, 0);
    this.function = function;
  }

  /**
   * Returns the remembered result, or evaluates the function.
   *
   * @throws Exception what the function throws, as it is
   */
  @Override
  public R call() throws Exception {
    return remember(keyOf(), function);
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Supplier<CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return () -> calls.call(keyOf(), this);
  }
}
