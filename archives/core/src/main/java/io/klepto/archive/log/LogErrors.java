package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Makes the exceptions of one archive, or of one store in it.
 *
 * @param subject the name for messages
 */
record LogErrors(String subject) {
  /**
   * Returns the exception for something that the file system refused.
   *
   * @param action what was tried, as a verb
   * @param file what it was tried with
   */
  ArchiveException refused(String action, Path file, IOException cause) {
    return new ArchiveException(
        "cannot %s %s of %s: %s".formatted(action, file, subject, reasonOf(cause)), cause);
  }

  /**
   * Returns the exception for damage.
   *
   * @param offset where in the file
   * @param expectedAndFound what was expected and what was found
   */
  DamagedRecordException damaged(long offset, String expectedAndFound) {
    String told = expectedAndFound.startsWith("expected") ? "" : "expected ";
    return new DamagedRecordException(
        "damaged record in %s, at byte %d: %s; verify with repair sets it aside"
            .formatted(subject, offset, told + expectedAndFound));
  }

  /** Returns the exception for a key whose newest record may have been lost. */
  DamagedRecordException inDoubt(long doubtEnd) {
    return new DamagedRecordException(
        "damaged record in %s: expected to know every key that was written before byte %d, found records there that can't be read at all, which may have been of this key; verify with repair goes on with what is left, older values of those keys included"
            .formatted(subject, doubtEnd));
  }

  /** Returns the exception for a namespace that is no longer there. */
  ArchiveException gone() {
    return new ArchiveException(
        "store %s: expected its namespace, found none; it was destroyed by another user: open it again"
            .formatted(subject));
  }

  private static String reasonOf(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "expected permission, found access denied; check owner and mode of file and folder";
    }
    if (cause instanceof NoSuchFileException missing) {
      return "expected "
          + missing.getFile()
          + ", found nothing; it was removed or moved by another user: open it again";
    }
    String found =
        cause instanceof FileSystemException failed && failed.getReason() != null
            ? failed.getReason()
            : String.valueOf(cause.getMessage());
    return "expected a writable file with free space, found \"" + found + "\"";
  }
}
