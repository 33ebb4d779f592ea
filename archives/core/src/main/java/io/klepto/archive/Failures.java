package io.klepto.archive;

/**
 * What went wrong in a call that goes on after a failure: thrown at its end as the first failure,
 * the others suppressed in it. Used by one thread.
 */
final class Failures {
  private ArchiveException first;

  /** Keeps a failure; one that was kept as the first already is not added again. */
  void add(ArchiveException failure) {
    if (first == null) {
      first = failure;
    } else if (failure != first) {
      first.addSuppressed(failure);
    }
  }

  /** Throws the first failure; does nothing if there was none. */
  void throwIfAny() {
    if (first != null) {
      throw first;
    }
  }
}
