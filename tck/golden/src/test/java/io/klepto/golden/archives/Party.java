package io.klepto.golden.archives;

/** Who does the operations of a script, and answers in texts that can be compared. */
abstract class Party {
  /** Does an operation, and returns its answer. */
  final String perform(Step step) {
    try {
      return answer(step);
    } catch (Raised e) {
      return e.answer();
    }
  }

  /**
   * Does an operation.
   *
   * @throws Raised if it raises an error
   */
  abstract String answer(Step step);

  /** Returns the answer of what answers nothing. */
  static String none() {
    return PythonValues.text(null);
  }

  /** Returns the answer of a copy. */
  static String copied(String entries, boolean originalSeesWrites) {
    return entries + (originalSeesWrites ? ", shared" : ", apart");
  }

  static IllegalStateException unexpected(Step step) {
    return new IllegalStateException("not expected in this script: " + step);
  }
}
