package io.klepto.annotation;

/** What operations have in common where methods throw. */
final class MethodOperations {
  private MethodOperations() {}

  /** Throws an exception as it is, whether or not it is declared. */
  @SuppressWarnings("unchecked") // the type is not there when it runs
  static <X extends Throwable> RuntimeException rethrow(Throwable failure) throws X {
    throw (X) failure;
  }

  /** Does what is to be done with a cache after a method failed, and lets the failure stand. */
  static void after(Throwable failure, Runnable update) {
    try {
      update.run();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
