package io.klepto.memoize;

import io.klepto.jcache.store.Hits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A remembered {@link Function}. Any number of threads may call.
 *
 * <p>Cost of a hit: with the raw keymap and a string or a number as argument, one look-up in memory
 * and no allocation; with another keymap, the key of an argument that was used lately is not made
 * again.
 *
 * @param <T> the type of the argument
 * @param <R> the type of the result
 */
public final class RememberedFunction<T, R> extends MemoCalls<R> implements Function<T, R> {
  private final Function<? super T, ? extends R> function;

  /** Memory, if it can be asked for an argument that is its own key; else null. */
  private final Hits hitsByArgument;

  RememberedFunction(MemoParts parts, Function<? super T, ? extends R> function) {
    super(parts, 1);
    this.function = function;
    this.hitsByArgument = keys.arePlain() ? hitsOrNull : null;
  }

  /** Returns the remembered result, or evaluates the function. */
  @Override
  public R apply(T argument) {
    if (hitsByArgument != null && MemoKeys.isKeyItself(argument)) {
      Object hit = hitsByArgument.find(argument);
      if (hit != null) {
        return resultOf(hit);
      }
    }
    return applyByKey(keyOfOne(argument), argument);
  }

  private R applyByKey(Object keyOrNull, T argument) {
    Object hit = hitOrNull(keyOrNull);
    return hit != null ? resultOf(hit) : remember(keyOrNull, () -> function.apply(argument));
  }

  /** Returns the function that evaluates on an executor; see {@link Remembered}. */
  public Function<T, CompletableFuture<R>> async(Executor executor) {
    AsyncCalls<R> calls = new AsyncCalls<>(executor);
    return argument -> calls.call(keyOfOne(argument), () -> apply(argument));
  }
}
