package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Makes the exceptions of one store.
 *
 * @param store the name of the store
 */
record DirErrors(String store) {
  /**
   * Returns the exception for something that the file system refused.
   *
   * @param action what was tried, as a verb
   * @param subject the file or folder it was tried with
   */
  ArchiveException refused(String action, Path subject, IOException cause) {
    return new ArchiveException(
        "cannot %s %s of %s: %s".formatted(action, subject, store, reasonOf(cause)), cause);
  }

  /** Returns the exception for a namespace that is no longer there. */
  ArchiveException gone(Path folder) {
    return new ArchiveException(
        "store %s: expected its folder %s, found none; it was destroyed or moved by another user: open it again"
            .formatted(store, folder));
  }

  /** Returns the exception for something in the place of a record that is no envelope at all. */
  DamagedRecordException damaged(Path location, String expected, String found) {
    return new DamagedRecordException(damage(store, location, expected, found));
  }

  /** Returns what is said of something that is not what was written. */
  static String damage(String store, Path location, String expected, String found) {
    return "damaged record in %s, %s: expected %s, found %s; verify with repair sets it aside"
        .formatted(store, location, expected, found);
  }

  private static String reasonOf(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "expected permission, found access denied; check the owner and mode of the folder";
    }
    if (cause instanceof FileAlreadyExistsException) {
      return "expected a folder, found a file; remove it or choose another location";
    }
    if (cause instanceof NotDirectoryException) {
      return "expected a folder, found a file; verify with repair sets it aside";
    }
    if (cause instanceof NoSuchFileException missing) {
      return "expected " + missing.getFile() + ", found nothing";
    }
    String found =
        cause instanceof FileSystemException failed && failed.getReason() != null
            ? failed.getReason()
            : String.valueOf(cause.getMessage());
    return "expected a writable folder with free space, found \"" + found + "\"";
  }
}
