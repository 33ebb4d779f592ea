package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;

/**
 * Stands for an object of a record whose class is gone, or no longer allowed, while the record is
 * read: it may be dropped with the field that held it, and nothing else.
 *
 * @param reason why it can't be read
 */
record Missing(ArchiveException reason) {
  /** The type of a missing enum constant, which is never referred to twice. */
  static final class Constant {
    private Constant() {}
  }
}
