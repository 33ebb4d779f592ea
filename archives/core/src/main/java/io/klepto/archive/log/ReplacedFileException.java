package io.klepto.archive.log;

import java.io.IOException;

/** Tells that a file is no longer the archive: a compaction has put a new one in its place. */
final class ReplacedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  ReplacedFileException(String message) {
    super(message);
  }
}
