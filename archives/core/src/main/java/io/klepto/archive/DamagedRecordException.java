package io.klepto.archive;

/**
 * A record that is there, and is not what was written: its checksum, lengths or key do not fit.
 *
 * <p>The damaged bytes stay where they are until the key is written or removed, or {@code verify}
 * is told to repair; then they are set aside, never deleted.
 */
public final class DamagedRecordException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names archive, record, expected and found. */
  public DamagedRecordException(String message) {
    super(message);
  }

  /** Creates the exception with a message that names archive, record, expected and found. */
  public DamagedRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
