package io.klepto.archive.hdf5;

import io.klepto.archive.dir.NamespaceNames;
import io.klepto.keymap.KeyBytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What lies where in an {@code hdf:} archive.
 *
 * <pre>
 * results.hdf5             the archive as of the last compaction, see BaseFormatV1
 * results.hdf5.log         what was acknowledged since, see Journal; with its own companions
 * results.hdf5.lock        zero bytes; its byte ranges are the locks of all namespaces
 * results.hdf5.keys        zero bytes; see KeyLocks, made when a key is first locked
 * results.hdf5.temp-…      a compaction under way, or left by one that was killed
 * results.hdf5.damaged/    what was set aside: a folder for each namespace, and whole files
 * </pre>
 *
 * <p>Lock and temporary files may be removed while no process has the archive open.
 *
 * @param file the file that the URI names
 * @param namespace the namespace
 */
record HdfLayout(Path file, String namespace) {
  /** The byte that is locked while the file is compacted, verified or destroyed. */
  static final long COMPACTION_LOCK = Long.MAX_VALUE - 2;

  /** The byte that is locked while a namespace is opened or destroyed. */
  static final long LIFECYCLE_LOCK = Long.MAX_VALUE - 3;

  private static final long KEY_LOCKS = Long.MAX_VALUE >> 1;

  Path folder() {
    return file.toAbsolutePath().getParent();
  }

  Path log() {
    return beside(".log");
  }

  Path lockFile() {
    return beside(".lock");
  }

  Path keyFile() {
    return beside(".keys");
  }

  Path damaged() {
    return beside(".damaged");
  }

  /** Returns the folder of what was set aside in the namespace. */
  Path damagedHere() {
    return damaged().resolve(groupName(namespace));
  }

  Path temporary(long writer, long write) {
    return beside(temporarySuffix() + Long.toHexString(writer) + "-" + write);
  }

  /** Returns whether a file of the same folder is what a compaction writes. */
  boolean isTemporary(String name) {
    return name.startsWith(file.getFileName() + temporarySuffix());
  }

  private static String temporarySuffix() {
    return ".temp-";
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** Returns the name of a namespace's group, since HDF5 knows no slash in a name. */
  static String groupName(String namespace) {
    return NamespaceNames.folderNameOf(namespace);
  }

  /**
   * Returns the offset of the byte that locks a key: bits of its digest, moved by those of the
   * namespace, since all namespaces share one lock file.
   */
  long keyLock(KeyBytes key) {
    long here = ByteBuffer.wrap(NamespaceNames.digestOf(namespace)).getLong();
    return (Directory.prefixOf(key) ^ here) & KEY_LOCKS;
  }
}
