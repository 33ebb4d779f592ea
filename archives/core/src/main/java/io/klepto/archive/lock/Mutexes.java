package io.klepto.archive.lock;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The mutexes of one JVM for the bytes of one lock file, each made when it is wanted and forgotten
 * when nobody waits for it any more. No wait is ended by an interrupt, whose status is kept.
 *
 * @param byPosition those that are held or waited for, by the byte; shared by all class loaders
 */
record Mutexes(ConcurrentHashMap<Long, Semaphore> byPosition) {
  /** Takes the mutex of a byte, having waited for it. */
  Semaphore lock(long position) {
    while (true) {
      Semaphore mutex = of(position);
      mutex.acquireUninterruptibly();
      if (isCurrent(position, mutex)) {
        return mutex;
      }
    }
  }

  /** Returns the mutex, taken, or null if somebody else in this JVM kept it for too long. */
  Semaphore lockWithin(long position, long waitNanos) {
    long start = System.nanoTime();
    while (true) {
      Semaphore mutex = of(position);
      if (!acquireWithin(mutex, waitNanos - (System.nanoTime() - start))) {
        return null;
      }
      if (isCurrent(position, mutex)) {
        return mutex;
      }
    }
  }

  /** Returns the mutex, taken, or null if anybody else in this JVM has it. */
  Semaphore tryLock(long position) {
    Semaphore mutex = of(position);
    return mutex.tryAcquire() && isCurrent(position, mutex) ? mutex : null;
  }

  /** Lets others have a mutex. */
  void unlock(long position, Semaphore mutex) {
    if (!mutex.hasQueuedThreads()) {
      byPosition.remove(position, mutex);
    }
    mutex.release();
  }

  private Semaphore of(long position) {
    return byPosition.computeIfAbsent(position, absent -> new Semaphore(1));
  }

  /** Returns whether a mutex that was taken is the one of its byte; gives it back if it is not. */
  private boolean isCurrent(long position, Semaphore mutex) {
    boolean current = byPosition.get(position) == mutex;
    if (!current) {
      mutex.release(); // its last holder took it out of the map
    }
    return current;
  }

  private static boolean acquireWithin(Semaphore mutex, long waitNanos) {
    long start = System.nanoTime();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          long left = waitNanos - (System.nanoTime() - start);
          return mutex.tryAcquire(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
