package io.klepto.keymap;

/**
 * The refusal of one part of a key, before it is known where in the key that part stands. {@link
 * KeyWriter} adds the place and throws a {@link KeyEncodingException}.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    this(message, null);
  }

  Refusal(String message, Throwable cause) {
    super(message, cause, false, false);
  }
}
