package io.klepto.memoize;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The calls of one function that are under way on one executor, one for each key.
 *
 * <p>Whoever asks gets a future of his own, which he may cancel or complete as he likes; the one
 * that the evaluation completes is never given away. Any number of threads may call.
 *
 * @param <R> the type of the results
 */
final class AsyncCalls<R> {
  private final Executor executor;
  private final ConcurrentHashMap<Object, CompletableFuture<R>> underWay =
      new ConcurrentHashMap<>();

  AsyncCalls(Executor executor) {
    this.executor = requireNonNull(executor, "executor");
  }

  /**
   * Returns what a call will give, and starts it unless it is under way.
   *
   * @param keyOrNull the key of the call; null if it is not to be remembered
   */
  CompletableFuture<R> call(Object keyOrNull, Callable<? extends R> call) {
    CompletableFuture<R> fresh = new CompletableFuture<>();
    CompletableFuture<R> running =
        keyOrNull == null ? null : underWay.putIfAbsent(keyOrNull, fresh);
    CompletableFuture<R> mine = new CompletableFuture<>();
    CompletableFuture<R> awaited = running == null ? fresh : running;
    CompletableFuture<R> unused = awaited.whenComplete((result, e) -> pass(result, e, mine));
    if (running == null) {
      start(keyOrNull, call, fresh);
    }
    return mine;
  }

  private static <R> void pass(R result, Throwable failure, CompletableFuture<R> to) {
    if (failure == null) {
      to.complete(result);
    } else {
      to.completeExceptionally(failure);
    }
  }

  private void start(Object keyOrNull, Callable<? extends R> call, CompletableFuture<R> future) {
    try {
      executor.execute(() -> run(keyOrNull, call, future));
    } catch (RejectedExecutionException e) {
      forget(keyOrNull);
      future.completeExceptionally(e);
    }
  }

  private void run(Object keyOrNull, Callable<? extends R> call, CompletableFuture<R> future) {
    try {
      R result = call.call();
      forget(keyOrNull);
      future.complete(result);
    } catch (Throwable e) {
      forget(keyOrNull);
      future.completeExceptionally(e);
    }
  }

  private void forget(Object keyOrNull) {
    if (keyOrNull != null) {
      underWay.remove(keyOrNull);
    }
  }
}
