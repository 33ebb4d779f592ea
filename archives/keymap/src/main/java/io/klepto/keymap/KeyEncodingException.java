package io.klepto.keymap;

/**
 * A key that has no canonical bytes. The message names the key's class, the part of it that failed,
 * and the remedy.
 */
public final class KeyEncodingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the key and the remedy. */
  public KeyEncodingException(String message) {
    super(message);
  }

  /**
   * Creates the exception with a message that names the key and the remedy, and the failure behind
   * it.
   */
  public KeyEncodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
