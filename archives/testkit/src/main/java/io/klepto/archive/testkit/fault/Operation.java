package io.klepto.archive.testkit.fault;

import java.nio.file.Path;

/**
 * One change that was asked of a {@link FaultyFileSystem}.
 *
 * @param number its place among all changes, from 1 on
 * @param kind what was to be done
 * @param path the file or folder, on the file system below; the old name of what is renamed
 * @param bytes how many bytes were to be written or mapped, otherwise 0
 */
public record Operation(long number, Kind kind, Path path, long bytes) {
  /** The kinds of change. Reading is none, and neither is a lock. */
  public enum Kind {
    /** A file that was not there is made. */
    CREATE,
    /** Bytes are written through a channel. */
    WRITE,
    /** A file is cut, or emptied as it is opened. */
    TRUNCATE,
    /** A folder is made. */
    FOLDER,
    /** A file or folder gets another name. */
    RENAME,
    /** A file or folder is removed. */
    DELETE,
    /** A file, or the names in a folder, are forced to the disk. */
    FORCE,
    /** A part of a file is mapped for writing. */
    MAP,
    /** Times, owner or permissions are set. */
    ATTRIBUTES
  }
}
