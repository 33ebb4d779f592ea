package io.klepto.jcache;

/**
 * What went wrong first in a work of many steps, the rest suppressed in it; thrown when everything
 * else is done. Not thread-safe.
 */
final class FirstFailure {
  private RuntimeException failure;

  /** Does a step, and remembers its failure. */
  void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      add(e);
    }
  }

  void add(RuntimeException next) {
    if (failure == null) {
      failure = next;
    } else if (failure != next) {
      failure.addSuppressed(next);
    }
  }

  void throwIfAny() {
    if (failure != null) {
      throw failure;
    }
  }
}
