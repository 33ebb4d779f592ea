package io.klepto.golden.archives;

/** An operation raises an error that Python has a name for. */
final class Raised extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates one.
   *
   * @param error the type of the error in Python
   */
  Raised(String error) {
    super(error);
  }

  /** Returns the answer that this is. */
  String answer() {
    return "raises " + getMessage();
  }
}
