package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The making of a container and a namespace, and the check that an old one is the one asked for.
 *
 * <p>A namespace exists from the moment its header does, which appears whole. What a maker that was
 * killed leaves before that moment is an empty beginning, and is gone on with.
 */
final class DirOpening {
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private final DirLayout layout;
  private final RecordFiles files;
  private final DirErrors errors;

  DirOpening(DirLayout layout, RecordFiles files, DirErrors errors) {
    this.layout = layout;
    this.files = files;
    this.errors = errors;
  }

  /** Makes the container with its parents; they may be there. */
  void makeContainer() {
    try {
      makeWithParents(layout.container());
    } catch (IOException e) {
      throw errors.refused("make the folder", layout.container(), e);
    }
  }

  /** Forces what it makes, whatever the durability: see the header. */
  private void makeWithParents(Path made) throws IOException {
    Path parent = made.getParent();
    if (parent == null || Files.isDirectory(made)) {
      return;
    }
    makeWithParents(parent);
    files.createFolder(made);
    files.forceFolder(parent);
  }

  /** Opens the locks of the container, making their file if it is missing. */
  KeyFileLocks openLocks() {
    try {
      return KeyFileLocks.open(layout.lockFile(), files::makeFile);
    } catch (IOException e) {
      throw errors.refused("open the lock file", layout.lockFile(), e);
    }
  }

  /**
   * Makes the namespace or compares its header. Called with the lock of the namespace held, so that
   * of two who come at once the second finds what the first made.
   *
   * @throws ArchiveException if the header is of another version, namespace or identity, or damaged
   */
  void openNamespace(NamespaceHeader asked) {
    byte[] header = readHeader();
    if (header != null) {
      String subject = errors.store() + ", " + layout.header();
      NamespaceHeader.decode(header, subject).requireSameAs(asked, subject);
      makeFolder(layout.temp());
      makeFolder(layout.unsynced());
      return;
    }
    makeFolder(layout.folder());
    requireNoRecords();
    makeFolder(layout.temp());
    makeFolder(layout.unsynced());
    Path fresh = layout.temp().resolve("header");
    try {
      // Forced whatever the durability: a loss of power must not make the archive unreadable.
      files.deleteIfExists(fresh); // of a maker that was killed
      files.makeFile(fresh);
      files.write(fresh, asked.encode());
      files.forceFile(fresh);
      files.replace(fresh, layout.header());
      files.forceFolder(layout.folder());
      files.forceFolder(layout.container());
    } catch (IOException e) {
      throw errors.refused("make the header", layout.header(), e);
    }
  }

  private byte[] readHeader() {
    try {
      return files.read(layout.header(), this::requireHeaderSize);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw errors.refused("read the header", layout.header(), e);
    }
  }

  private void requireHeaderSize(byte[] head, long totalBytes) {
    if (totalBytes > MAX_HEADER_BYTES) {
      throw new ArchiveException(
          "cannot open archive %s, %s: expected a header of at most %d bytes, found %d"
              .formatted(errors.store(), layout.header(), MAX_HEADER_BYTES, totalBytes));
    }
  }

  private void requireNoRecords() {
    for (Path folder : layout.fanOut()) {
      if (Files.exists(folder)) {
        throw new ArchiveException(
            "cannot open archive %s: expected the header %s, found records without one, as in %s; restore it or move the folder away"
                .formatted(errors.store(), layout.header(), folder));
      }
    }
  }

  private void makeFolder(Path folder) {
    try {
      files.createFolder(folder);
    } catch (IOException e) {
      throw errors.refused("make the folder", folder, e);
    }
  }
}
