package io.klepto.archive.hdf5;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import io.klepto.archive.lock.KeyFileLocks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * A fresh file in the place of the old one: written under a temporary name, read back, forced, and
 * renamed; then the folder is forced. Whatever fails before the renaming leaves the old file.
 *
 * <p>Called with {@link HdfLayout#COMPACTION_LOCK} held. Used by one thread.
 */
final class Replacement {
  private final HdfContext context;
  private final HeapBudget budget;

  Replacement(HdfContext context, HeapBudget budget) {
    this.context = context;
    this.budget = budget;
  }

  /** What the fresh file is filled by. */
  interface Filling {
    /** Writes all namespaces. */
    void into(BaseWriter writer) throws IOException;
  }

  /** Makes the file. */
  void fill(Filling filling) throws IOException {
    KeyFileLocks locks = context.locks();
    Path temporary = context.layout().temporary(locks.writer(), locks.nextWrite());
    try {
      try (PatientChannel channel = context.disk().create(temporary)) {
        copyPermissions(temporary, EnumSet.of(OWNER_READ, OWNER_WRITE)); // before it holds values
        BaseWriter writer =
            new BaseWriter(channel, context.settings().layout(), context.errors(), budget);
        filling.into(writer);
        writer.finish(temporary);
      }
      copyPermissions(temporary, EnumSet.noneOf(PosixFilePermission.class));
      context.disk().replace(temporary, context.layout().file());
      context.disk().forceFolder(context.layout().folder());
    } catch (IOException | RuntimeException e) {
      discard(temporary, e);
      throw e;
    }
  }

  /**
   * Lets the new file be used by those who could use the old one, and by nobody else.
   *
   * @param more what is allowed beside that
   */
  private void copyPermissions(Path temporary, Set<PosixFilePermission> more) throws IOException {
    Path file = context.layout().file();
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(more);
        permissions.addAll(Files.getPosixFilePermissions(file));
        Files.setPosixFilePermissions(temporary, permissions);
      } catch (NoSuchFileException e) {
        return; // the first file of the archive
      }
    }
  }

  private void discard(Path temporary, Exception reason) {
    try {
      context.disk().deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e); // the next compaction removes it
    }
  }

  /** Removes what replacements left whose process was killed: nobody else holds the lock. */
  void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(context.layout().folder())) {
      for (Path found : files) {
        if (context.layout().isTemporary(found.getFileName().toString())) {
          context.disk().deleteIfExists(found);
        }
      }
    }
  }
}
