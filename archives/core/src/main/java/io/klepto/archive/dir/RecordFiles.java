package io.klepto.archive.dir;

import java.io.IOException;
import java.nio.ByteBuffer;
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

  /** Takes a file piece by piece. */
  interface PieceTaker {
    /** Takes the next piece, all that remains in the buffer, which is used again after that. */
    void take(ByteBuffer piece);
  }

  /** Begins to take a file; called again from the start when a reading was interrupted. */
  interface PieceReader<T extends PieceTaker> {
    /**
     * Returns who takes the pieces.
     *
     * @param totalBytes the size of the file
     */
    T begin(long totalBytes);
  }

  /**
   * Returns the bytes of a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  byte[] read(Path file, HeadCheck check) throws IOException;

  /**
   * Reads a file piece by piece, and returns who took it.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  <T extends PieceTaker> T readPieces(Path file, PieceReader<T> reader) throws IOException;

  /**
   * Returns the bytes of a file as a part of the memory, from 0 to the limit, big-endian; as the
   * whole array of a buffer if it is small, or if its file system can't map.
   *
   * @param mapFromBytes the size from which a file is mapped
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  ByteBuffer map(Path file, HeadCheck check, long mapFromBytes) throws IOException;

  /** Makes an empty file, with the permissions that are asked for, that must not be there. */
  void makeFile(Path newFile) throws IOException;

  /** Returns whether files must be made by {@link #makeFile} before they are written. */
  boolean givesPermissions();

  /** Writes a file, in place of what was in it; the result is not forced. */
  void write(Path file, byte[] bytes) throws IOException;

  /** Gives a file the name of another, which it replaces at one moment if it is there. */
  void replace(Path from, Path to) throws IOException;

  /** Gives a file a second name, if its file system has that; otherwise returns false. */
  boolean link(Path newName, Path file) throws IOException;

  /** Removes a file; there need not be one. */
  void deleteIfExists(Path file) throws IOException;

  /**
   * Makes a folder, with the permissions that are asked for, whose parent is there; it may be there
   * itself.
   */
  void createFolder(Path folder) throws IOException;

  /** Returns the names in a folder; none if there is no folder. */
  List<String> list(Path folder) throws IOException;

  /** Brings the content of a file to the disk. */
  void forceFile(Path file) throws IOException;

  /** Brings the names in a folder to the disk, where the system can do that. */
  void forceFolder(Path folder) throws IOException;
}
