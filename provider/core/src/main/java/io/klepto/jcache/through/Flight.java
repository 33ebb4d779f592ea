package io.klepto.jcache.through;

import io.klepto.jcache.entry.KeyLocks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one load of a key that is under way. Its owner fetches the value and completes it, before it
 * takes any lock to install it; so who waits for a flight may hold the lock of its key.
 *
 * @param <V> the type of the value
 */
public final class Flight<V> {
  /** Which flight each waiting thread waits for, in all caches; empty while nobody waits. */
  private static final ConcurrentHashMap<Thread, Flight<?>> WAITING = new ConcurrentHashMap<>();

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
   * @throws IllegalStateException if the wait would never end: the current thread started this
   *     flight, or who did waits in turn, over however many others, for one that the current thread
   *     started
   */
  public Fetched<V> await() {
    if (!isDone()) {
      if (isOwn()) {
        throw KeyLocks.reentry(key);
      }
      Thread me = Thread.currentThread();
      WAITING.put(me, this);
      try {
        if (leadsBackTo(me)) {
          throw new IllegalStateException(
              "key "
                  + key
                  + ": its load waits for one of this thread's; expected loads that do not"
                  + " need each other in a circle");
        }
        return joined();
      } finally {
        WAITING.remove(me);
      }
    }
    return joined();
  }

  /**
   * Follows who waits for whom. Each thread enters itself before it looks, so the last one to close
   * a circle sees all of it.
   */
  private boolean leadsBackTo(Thread me) {
    int steps = WAITING.size();
    Flight<?> next = this;
    while (next != null && !next.isDone() && steps-- >= 0) {
      if (next.owner == me) {
        return true;
      }
      next = WAITING.get(next.owner);
    }
    return false;
  }

  private Fetched<V> joined() {
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
