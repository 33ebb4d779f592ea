package io.klepto.archive.codec;

/**
 * The signal that an object graph is nested deeper than the attempt allows; {@link DeepStack} turns
 * it into another attempt or into a refusal.
 */
final class NestedTooDeepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NestedTooDeepException(int levels) {
    super("nested deeper than " + levels + " levels", null, false, false);
  }
}
