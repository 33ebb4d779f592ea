package io.klepto.memoize;

import java.io.Serializable;

/**
 * What stands in a cache, and in an archive, for an outcome that can't stand there itself: the
 * result null, or an exception that is to be remembered. One class for both, so that a hit has one
 * question to ask. The name is persisted.
 *
 * @param exceptionOrNull what the function threw; null if it returned null
 */
record MemoOutcome(Exception exceptionOrNull) implements Serializable {
  /** The result null. */
  static final MemoOutcome NULL = new MemoOutcome(null);

  /** Throws the exception if there is one; the result was null if this returns. */
  void rethrow() {
    if (exceptionOrNull != null) {
      throw MemoFailure.rethrow(exceptionOrNull);
    }
  }
}
