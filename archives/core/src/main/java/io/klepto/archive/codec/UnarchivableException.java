package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;
import java.lang.reflect.Field;

/** An object can't be encoded because of its class; says through which field it was reached. */
final class UnarchivableException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  private final boolean located;

  UnarchivableException(String message) {
    this(message, null, false);
  }

  UnarchivableException(String message, Throwable cause, boolean located) {
    super(message, cause);
    this.located = located;
  }

  /** Returns this failure with the innermost field that led to the object. */
  UnarchivableException reachedBy(Field field) {
    return located
        ? this
        : new UnarchivableException(
            getMessage()
                + " (held by field "
                + field.getName()
                + " of "
                + field.getDeclaringClass().getName()
                + ")",
            this,
            true);
  }
}
