package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Makes the exceptions of one store.
 *
 * @param store the name of the store
 */
record HdfErrors(String store) {
  /**
   * Returns the exception for something that the file system refused.
   *
   * @param action what was tried, as a verb
   * @param subject the file it was tried with
   */
  ArchiveException refused(String action, Path subject, IOException cause) {
    return new ArchiveException(
        "cannot %s %s of %s: %s".formatted(action, subject, store, reasonOf(cause)), cause);
  }

  /**
   * Returns the exception for a record that is not what was written.
   *
   * @param location where it lies
   */
  static DamagedRecordException damaged(
      String store, Object location, String expected, String found) {
    return new DamagedRecordException(
        "damaged record in %s, %s: expected %s, found %s; verify with repair sets it aside"
            .formatted(store, location, expected, found));
  }

  private static String reasonOf(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "expected permission, found access denied; check the owner and mode of file and"
          + " folder";
    }
    if (cause instanceof NoSuchFileException missing) {
      return "expected " + missing.getFile() + ", found nothing";
    }
    String found =
        cause instanceof FileSystemException failed && failed.getReason() != null
            ? failed.getReason()
            : String.valueOf(cause.getMessage());
    return "expected a regular file on a disk with free space, found \"" + found + "\"";
  }
}
