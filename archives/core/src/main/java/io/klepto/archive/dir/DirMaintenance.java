package io.klepto.archive.dir;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.VerifyReport;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What is done with a whole namespace: clear, sync, compact, verify, destroy.
 *
 * <p>Others may read and write meanwhile; a record is removed or set aside with the lock of its key
 * held, and never on the ground of what was read before. Safe for use by many threads.
 */
final class DirMaintenance {
  private final DirLayout layout;
  private final RecordFiles files;
  private final DirErrors errors;
  private final KeyFileLocks locks;
  private final DirRecords records;
  private final DirListing listing;

  DirMaintenance(
      DirLayout layout,
      RecordFiles files,
      DirErrors errors,
      KeyFileLocks locks,
      DirRecords records,
      DirListing listing) {
    this.layout = layout;
    this.files = files;
    this.errors = errors;
    this.locks = locks;
    this.records = records;
    this.listing = listing;
  }

  void clear() {
    for (Path folder : listing.folders()) {
      for (Path file : listing.recordsIn(folder)) {
        locks.whileHolding(
            lockOf(file),
            () -> {
              if (damageOf(file) == null) {
                records.remove(file);
              } else {
                records.setAside(file);
              }
              return null;
            });
      }
    }
  }

  void sync() {
    for (Path folder : listing.folders()) {
      List<Path> found = listing.recordsIn(folder);
      for (Path file : found) {
        force(file, false);
      }
      if (!found.isEmpty()) {
        force(folder, true);
      }
    }
    force(layout.folder(), true);
  }

  private void force(Path subject, boolean isFolder) {
    try {
      if (isFolder) {
        files.forceFolder(subject);
      } else {
        files.forceFile(subject);
      }
    } catch (NoSuchFileException e) {
      return; // removed meanwhile
    } catch (IOException e) {
      throw errors.refused("force to disk", subject, e);
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

  VerifyReport verify(boolean repair) {
    long whole = 0;
    List<String> damages = new ArrayList<>();
    List<String> setAside = new ArrayList<>();
    for (Path folder : listing.folders()) {
      for (Path file : listing.allIn(folder)) {
        DamagedRecordException damage = repair ? repaired(file, setAside) : damageOf(file);
        if (damage != null) {
          damages.add(damage.getMessage());
        } else if (Files.exists(file)) {
          whole++;
        }
      }
    }
    return new VerifyReport(whole, damages, setAside);
  }

  private DamagedRecordException repaired(Path file, List<String> setAside) {
    if (damageOf(file) == null) {
      return null;
    }
    return locks.whileHolding(
        lockOf(file),
        () -> {
          DamagedRecordException damage = damageOf(file); // may have been written anew
          if (damage != null) {
            setAside.add(records.setAside(file).toString());
          }
          return damage;
        });
  }

  /** Removes the namespace at one moment, then its files. */
  void destroy() {
    Path doomed = layout.trash().resolve(layout.folder().getFileName() + "-" + UUID.randomUUID());
    locks.whileHolding(
        layout.namespaceLock(),
        () -> {
          try {
            files.createFolder(layout.trash());
            files.replace(layout.folder(), doomed);
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

  /** Returns what is wrong with a file among the records, or null if it is whole or gone. */
  private DamagedRecordException damageOf(Path file) {
    if (!DirLayout.isRecord(file)) {
      return Files.exists(file)
          ? errors.damaged(file, "64 hexadecimal digits that begin like their folder", "this name")
          : null;
    }
    try {
      records.read(file, null);
      return null;
    } catch (DamagedRecordException e) {
      return e;
    }
  }

  private long lockOf(Path file) {
    return DirLayout.isRecord(file)
        ? layout.keyLock(file.getFileName().toString())
        : layout.namespaceLock();
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
