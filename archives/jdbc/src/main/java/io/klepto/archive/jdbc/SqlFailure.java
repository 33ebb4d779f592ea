package io.klepto.archive.jdbc;

import io.klepto.archive.ArchiveException;

/** An engine's failure, told without secrets, with its kind. */
final class SqlFailure extends ArchiveException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  SqlFailure(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  FailureKind kind() {
    return kind;
  }
}
