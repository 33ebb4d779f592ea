package io.klepto.jcache.through;

import io.klepto.jcache.entry.KeyLocks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The one load of a key that is under way. Its owner fetches the value and completes it, before it
 * takes any lock to install it; so who waits for a flight may hold the lock of its key.
 *
 * @param <V> the type of the value
 */
public final class Flight<V> {
  private final Object key;
  private final Thread owner = Thread.currentThread();
  private final CompletableFuture<Fetched<V>> result = new CompletableFuture<>();
  private volatile boolean superseded;

  Flight(Object key) {
    this.key = key;
  }

  /** Returns whether the current thread started this flight. */
  public boolean isOwn() {
    return owner == Thread.currentThread();
  }

  /** Returns whether there is a result, or a failure. */
  boolean isDone() {
    return result.isDone();
  }

  /** Gives the result to everybody who waits. */
  public void complete(Fetched<V> fetched) {
    result.complete(fetched);
  }

  /** Gives the failure to everybody who waits; does nothing if there is a result already. */
  public void fail(Throwable failure) {
    result.completeExceptionally(failure);
  }

  /** Marks that the key has been changed since this flight began: its result is not installed. */
  void supersede() {
    superseded = true;
  }

  /** Returns whether the key has been changed since; decided under the lock of the key. */
  public boolean isSuperseded() {
    return superseded;
  }

  /**
   * Waits for the result.
   *
   * @throws IllegalStateException if the current thread started this flight: a loader asked the
   *     cache for the key that it loads
   */
  public Fetched<V> await() {
    if (isOwn() && !isDone()) {
      throw KeyLocks.reentry(key);
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
