package io.klepto.archive;

import javax.cache.CacheException;

/**
 * An archive could not do what was asked: not opened, not read, not written, not allowed.
 *
 * <p>The message names the archive and the subject, what was expected and what was found. Nothing
 * that the archive held before is lost by the failed call. Never carries a password.
 */
public class ArchiveException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names archive, subject, expected and found. */
  public ArchiveException(String message) {
    super(message);
  }

  /** Creates the exception with a message that names archive, subject, expected and found. */
  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
