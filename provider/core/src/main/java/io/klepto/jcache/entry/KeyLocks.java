package io.klepto.jcache.entry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits for the lock of a node. The lock itself is the node's; here is only where a thread parks
 * when it finds the lock taken, so that a node pays four bytes for it and nothing else.
 *
 * <p>Waiting threads are spread over a fixed number of rooms by the identity of their node. Sharing
 * a room costs needless wake-ups, never exclusion: two keys in one room don't wait for each other.
 *
 * <p><b>No wake-up is lost.</b> A waiter first counts itself in ({@code waiting}) and then tries
 * the lock once more; an owner first frees the lock (a volatile write) and then reads the count. In
 * the total order of volatile accesses one of the two comes first: either the waiter sees the lock
 * free, or the owner sees the waiter. The owner then signals under the room's lock, which the
 * waiter holds from its last try until it is parked.
 *
 * <p>Locks and conditions of java.util.concurrent, not monitors, so that a virtual thread that
 * waits for a slow loader or processor gives its carrier back. Not fair. Interrupts are kept, not
 * heeded.
 */
public final class KeyLocks {
  private static final int ROOMS = 64;
  private static final int SPINS = 64;

  private final Room[] rooms = new Room[ROOMS];
  private final AtomicInteger waiting = new AtomicInteger();

  /** Makes the waiting rooms of one cache. */
  public KeyLocks() {
    for (int i = 0; i < ROOMS; i++) {
      rooms[i] = new Room();
    }
  }

  /**
   * Locks a node, waiting if it must.
   *
   * @return false if the node is retired; it is not locked then
   * @throws IllegalStateException if the current thread holds the lock already: a loader, writer,
   *     listener or entry processor has called back into the cache for the key that it works on
   */
  public boolean lock(Node node) {
    if (node.tryLock()) {
      return true;
    }
    if (node.isHeldByCurrentThread()) {
      throw reentry(node.key());
    }
    for (int i = 0; i < SPINS; i++) {
      if (node.isRetired()) {
        return false;
      }
      if (node.tryLock()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return park(node);
  }

  /** Frees a node that the current thread has locked, and wakes who waits for it. */
  public void unlock(Node node) {
    node.unlock();
    wake(node);
  }

  /** Retires a node that the current thread has locked, and wakes who waits for it. */
  public void retire(Node node) {
    node.retire();
    wake(node);
  }

  private boolean park(Node node) {
    Room room = roomOf(node);
    room.lock.lock();
    try {
      waiting.incrementAndGet();
      try {
        while (true) {
          if (node.isRetired()) {
            return false;
          }
          if (node.tryLock()) {
            return true;
          }
          room.freed.awaitUninterruptibly();
        }
      } finally {
        waiting.decrementAndGet();
      }
    } finally {
      room.lock.unlock();
    }
  }

  private void wake(Node node) {
    if (waiting.get() != 0) {
      Room room = roomOf(node);
      room.lock.lock();
      try {
        room.freed.signalAll();
      } finally {
        room.lock.unlock();
      }
    }
  }

  private Room roomOf(Node node) {
    int hash = System.identityHashCode(node);
    return rooms[(hash ^ (hash >>> 16)) & (ROOMS - 1)];
  }

  /** Returns the error for a thread that calls back for a key that it holds. */
  public static IllegalStateException reentry(Object key) {
    return new IllegalStateException(
        "key "
            + key
            + ": this thread already works on it; a loader, writer, listener or entry processor"
            + " must not call the cache for its own key");
  }

  private static final class Room {
    final ReentrantLock lock = new ReentrantLock();
    final Condition freed = lock.newCondition();
  }
}
