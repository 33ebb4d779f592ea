package io.klepto.archive.dir;

import io.klepto.archive.lock.KeyFileLocks;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What is done with a whole namespace: clear, compact, destroy.
 *
 * <p>Others may read and write meanwhile; a record is removed or set aside with the lock of its key
 * held. Safe for use by many threads.
 */
final class DirMaintenance {
  private final DirLayout layout;
  private final RecordFiles files;
  private final DirErrors errors;
  private final KeyFileLocks locks;
  private final DirRecords records;
  private final DirChanges changes;
  private final DirListing listing;
  private final DirStamps stamps;

  DirMaintenance(DirContext context) {
    this.layout = context.layout();
    this.files = context.files();
    this.errors = context.errors();
    this.locks = context.locks();
    this.records = context.records();
    this.changes = context.changes();
    this.listing = context.listing();
    this.stamps = context.stamps();
  }

  void clear() {
    for (Path folder : listing.folders()) {
      for (Path file : listing.recordsIn(folder)) {
        locks.whileHolding(
            layout.keyLock(layout.keyHexOf(file)),
            () -> {
              if (records.old(file, null).isDamaged()) {
                changes.setAside(file);
              } else {
                changes.remove(file);
              }
              return null;
            });
      }
    }
  }

  /** Removes what dead writers left, and destroyed namespaces that nobody finished removing. */
  void compact() {
    try {
      for (String name : files.list(layout.temp())) {
        OptionalLong writer = DirLayout.writerOf(name);
        if (writer.isPresent() && !locks.isAlive(writer.getAsLong())) {
          files.deleteIfExists(layout.temp().resolve(name));
        }
      }
      for (String name : files.list(layout.trash())) {
        deleteTree(layout.trash().resolve(name));
      }
    } catch (IOException e) {
      throw errors.refused("compact", layout.folder(), e);
    }
  }

  /** Removes the namespace at one moment, then its files. */
  void destroy() {
    Path doomed = layout.trash().resolve(layout.folder().getFileName() + "-" + UUID.randomUUID());
    locks.whileHolding(
        layout.namespaceLock(),
        () -> {
          try {
            files.createFolder(layout.trash());
            moveAway(doomed);
            files.forceFolder(layout.container());
          } catch (NoSuchFileException e) {
            return null; // destroyed by another user
          } catch (IOException e) {
            throw errors.refused("destroy", layout.folder(), e);
          }
          return null;
        });
    try {
      deleteTree(doomed);
    } catch (IOException e) {
      throw errors.refused("remove what was destroyed", doomed, e);
    }
  }

  private void moveAway(Path doomed) throws IOException {
    stamps.retire();
    try {
      files.replace(layout.folder(), doomed);
    } catch (IOException e) {
      stamps.restore();
      throw e;
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.notExists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // another user removes the same
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            if (e != null && !(e instanceof NoSuchFileException)) {
              throw e;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
