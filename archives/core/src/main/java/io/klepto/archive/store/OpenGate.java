package io.klepto.archive.store;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets the calls of a store through while it is open, and makes closing wait for those inside.
 *
 * <p>Safe for use by many threads: a call holds the shared side of a lock, closing the exclusive
 * side. Waiting is not ended by an interrupt, whose status is kept.
 */
public final class OpenGate {
  private final String name;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed; // guarded by lock

  /**
   * Creates an open gate.
   *
   * @param name the store, for the message
   */
  public OpenGate(String name) {
    this.name = name;
  }

  /**
   * Makes a call inside the gate.
   *
   * @throws IllegalStateException if the store is closed; the call is not made then
   */
  public <T> T call(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw closed(name);
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Makes a call without a result inside the gate, as {@link #call} does. */
  public void run(Runnable call) {
    call(
        () -> {
          call.run();
          return null;
        });
  }

  /**
   * Waits for the calls inside, and lets nobody in any more.
   *
   * @return whether the gate was open
   */
  public boolean close() {
    lock.writeLock().lock();
    try {
      boolean wasOpen = !closed;
      closed = true;
      return wasOpen;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Returns the exception that a closed store throws. */
  public static IllegalStateException closed(String storeName) {
    return new IllegalStateException(
        "store " + storeName + ": expected it open, found it closed; open it again");
  }
}
