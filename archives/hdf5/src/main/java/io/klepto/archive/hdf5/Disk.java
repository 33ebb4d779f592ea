package io.klepto.archive.hdf5;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a compaction does with files beside writing them, so that a test can make each step fail, or
 * kill the process at it. None ends early because its thread is interrupted; the status is kept.
 */
interface Disk {
  /** Makes a new file for writing. */
  PatientChannel create(Path file) throws IOException;

  /** Gives a file the name of another, which it replaces at one moment if it is there. */
  void replace(Path from, Path to) throws IOException;

  /** Removes a file; there need not be one. */
  void deleteIfExists(Path file) throws IOException;

  /** Brings the names in a folder to the disk, where the system can do that. */
  void forceFolder(Path folder) throws IOException;
}
