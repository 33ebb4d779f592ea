package io.klepto.archive.dir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The few things that a {@code dir:} store does with files, so that a test can make each of them
 * fail as a full disk would. None of them ends early because its thread is interrupted; the status
 * is kept.
 */
interface RecordFiles {
  /** Judges a large file by its beginning, before memory is allocated for all of it. */
  interface HeadCheck {
    /**
     * Throws if the file can't be what it should.
     *
     * @param head the first bytes
     * @param totalBytes the size of the file
     */
    void check(byte[] head, long totalBytes);
  }

  /**
   * Returns the bytes of a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  byte[] read(Path file, HeadCheck check) throws IOException;

  /** Writes a new file, on disk when the call returns if {@code force} is set. */
  void write(Path file, byte[] bytes, boolean force) throws IOException;

  /** Gives a file the name of another, which it replaces at one moment if it is there. */
  void replace(Path from, Path to) throws IOException;

  /** Removes a file; there need not be one. */
  void deleteIfExists(Path file) throws IOException;

  /** Makes a folder whose parent is there; it may be there itself. */
  void createFolder(Path folder) throws IOException;

  /** Returns the names in a folder; none if there is no folder. */
  List<String> list(Path folder) throws IOException;

  /** Brings the content of a file to the disk. */
  void forceFile(Path file) throws IOException;

  /** Brings the names in a folder to the disk, where the system can do that. */
  void forceFolder(Path folder) throws IOException;
}
