package io.klepto.memoize;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A remembered {@link Supplier}: evaluated once, unless forgotten. Any number of threads may call.
 *
 * @param <R> the type of the result
 */
public final class RememberedSupplier<R> extends MemoCalls<R> implements Supplier<R> {
  private final Supplier<? extends R> function;

  RememberedSupplier(MemoParts parts, Supplier<? extends R> function) {
    super(parts, 0);
    this.function = function;
  }

  /** Returns the remembered result, or evaluates the function. */
  @Override
  public R get() {
    return remember(keyOf(), function::get);
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Supplier<CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return () -> calls.call(keyOf(), this::get);
  }
}
