package io.klepto.archive.lock;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.locks.LockSupport;

/** Does things to their end in a thread that is interrupted, and keeps its status. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Works with channels that it opens itself. */
  public interface Action<T> {
    /** Does it; may be called several times. */
    T run() throws IOException;
  }

  /**
   * Runs an action, and anew from its start when an interrupt closes its channel midway.
   *
   * @param action may run several times
   */
  public static <T> T call(Action<T> action) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return action.run();
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Pauses for the whole time. */
  public static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      interrupted |= Thread.interrupted();
      LockSupport.parkNanos(left);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
