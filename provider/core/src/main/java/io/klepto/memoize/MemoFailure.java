package io.klepto.memoize;

/**
 * Carries the exception of a function through the cache, checked ones too, so that it is told from
 * failures of the cache itself. Never leaves this package.
 */
final class MemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MemoFailure(Exception failure) {
    super(null, failure, false, false);
  }

  /** Throws an exception as it is, whether or not it is declared. */
  @SuppressWarnings("unchecked") // the type is not there when it runs
  static <E extends Exception> RuntimeException rethrow(Throwable failure) throws E {
    throw (E) failure;
  }
}
