package io.klepto.jcache.through;

import java.util.concurrent.locks.Condition;

/** How the writing thread waits; tests wait otherwise. */
@FunctionalInterface
interface Pauses {
  /**
   * Waits until the condition is signalled or the time is over, or less: callers look again.
   *
   * @throws InterruptedException if somebody wants the thread to go on
   */
  void await(Condition condition, long nanos) throws InterruptedException;

  /** Waits as it says. */
  @SuppressWarnings("WaitNotInLoop") // callers look again
  static Pauses real() {
    return (condition, nanos) -> {
      if (nanos > 0) {
        condition.awaitNanos(nanos);
      }
    };
  }
}
