package io.klepto.memoize;

import io.klepto.keymap.Arguments;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A remembered function whose arguments have names, defaults, or any number, as its {@link
 * io.klepto.keymap.Signature} says; a method is one too. Any number of threads may call.
 *
 * @param <R> the type of the results
 */
public final class RememberedCalls<R> extends MemoCalls<R> {
  private final MemoCallable<? extends R> function;

  RememberedCalls(MemoParts parts, MemoCallable<? extends R> function) {
    super(parts, BY_SIGNATURE);
    this.function = function;
  }

  /**
   * Returns the remembered result of a call with arguments by position, or evaluates the function.
   *
   * @throws IllegalArgumentException if the arguments do not fit the signature; nothing is
   *     evaluated then
   */
  public R call(Object... arguments) {
    return callWith(Arguments.of(arguments));
  }

  /**
   * Returns the remembered result of a call, or evaluates the function.
   *
   * @throws IllegalArgumentException if the arguments do not fit the signature; nothing is
   *     evaluated then
   */
  public R callWith(Arguments call) {
    keys.all()
        .mismatch(call)
        .ifPresent(
            mismatch -> {
              throw new IllegalArgumentException(mismatch);
            });
    return remember(keyOf(call), () -> function.evaluate(call));
  }

  /** Returns what {@link #key} does, for arguments by position and by name. */
  public Object keyWith(Arguments call) {
    return fullKey(call);
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Function<Arguments, CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return call -> calls.call(keyOf(call), () -> callWith(call));
  }
}
