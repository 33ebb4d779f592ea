package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.EnvelopeV1;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The record files of one namespace, one at a time: read, replaced, removed, set aside.
 *
 * <p>Reading needs no lock: a file appears under its name by a rename, whole. Whatever changes a
 * record is called with the lock of its key held. Safe for use by many threads under that rule.
 */
final class DirRecords {
  private final DirLayout layout;
  private final RecordFiles files;
  private final DirErrors errors;
  private final boolean forced;
  private final KeyFileLocks locks;

  /**
   * Opens the records.
   *
   * @param forced whether a change must be on disk before its call returns
   * @param locks names the temporary files, so that all can tell whose they are
   */
  DirRecords(
      DirLayout layout, RecordFiles files, DirErrors errors, boolean forced, KeyFileLocks locks) {
    this.layout = layout;
    this.files = files;
    this.errors = errors;
    this.forced = forced;
    this.locks = locks;
  }

  /**
   * Returns the record in a file, or null if there is no file.
   *
   * @param key the key that it must have, or null for the one that the file is named by
   * @throws DamagedRecordException if what is there is not a whole record with that key
   */
  StoreRecord read(Path file, KeyBytes key) {
    byte[] bytes = bytesOf(file);
    if (bytes == null) {
      return null;
    }
    StoreRecord record = EnvelopeV1.decode(bytes, key, errors.store(), file);
    if (key == null) {
      String hex = record.key().sha256Hex();
      if (!file.getFileName().toString().equals(hex)) {
        throw errors.damaged(file, "the record of another key here", "that of " + hex);
      }
    }
    return record;
  }

  private byte[] bytesOf(Path file) {
    try {
      return files.read(
          file, (head, total) -> EnvelopeV1.headerBytes(head, total, errors.store(), file));
    } catch (NoSuchFileException e) {
      if (Files.notExists(layout.header())) {
        throw errors.gone(layout.folder());
      }
      return null;
    } catch (IOException e) {
      requireRegularFile(file);
      throw errors.refused("read", file, e);
    } catch (ArithmeticException e) {
      throw errors.damaged(file, "at most " + EnvelopeV1.MAX_BYTES + " bytes", "more");
    }
  }

  /** Tells a folder or a link in the place of a record from a file that can't be read. */
  private void requireRegularFile(Path file) {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      return; // then the failure of the read itself says more
    }
    if (!found.isRegularFile()) {
      String kind = found.isDirectory() ? "a folder" : "a link or a device";
      throw errors.damaged(file, "a regular file", kind);
    }
  }

  /** Writes a record. Until it is there in whole, the old one stays. */
  void write(Path file, StoreRecord record, boolean setOldAside) {
    byte[] bytes = EnvelopeV1.encode(record);
    Path temp = layout.temp().resolve(DirLayout.tempName(locks.writer(), locks.nextWrite()));
    try {
      try {
        files.write(temp, bytes, forced);
        if (setOldAside) {
          setAside(file);
        }
        moveIn(temp, file);
      } catch (IOException | ArchiveException e) {
        discard(temp, e);
        throw e;
      }
      if (forced) {
        files.forceFolder(file.getParent());
      }
    } catch (NoSuchFileException e) {
      if (Files.notExists(layout.header())) {
        throw errors.gone(layout.folder());
      }
      throw errors.refused("write", file, e);
    } catch (IOException e) {
      throw errors.refused("write", file, e);
    }
  }

  private void moveIn(Path temp, Path file) throws IOException {
    try {
      files.replace(temp, file);
    } catch (NoSuchFileException e) {
      files.createFolder(file.getParent());
      if (forced) {
        files.forceFolder(layout.folder());
      }
      files.replace(temp, file);
    }
  }

  private void discard(Path temp, Exception reason) {
    try {
      files.deleteIfExists(temp);
    } catch (IOException e) {
      reason.addSuppressed(e); // compact removes it once this JVM is gone
    }
  }

  /** Removes a record; there need not be one. */
  void remove(Path file) {
    try {
      files.deleteIfExists(file);
      if (forced) {
        forceFolderOf(file);
      }
    } catch (IOException e) {
      throw errors.refused("remove", file, e);
    }
  }

  private void forceFolderOf(Path file) throws IOException {
    try {
      files.forceFolder(file.getParent());
    } catch (NoSuchFileException e) {
      return; // no folder, no name to bring to the disk
    }
  }

  /** Moves what lies in the place of a record into quarantine and returns where it went. */
  Path setAside(Path file) {
    String name = file.getFileName().toString();
    try {
      files.createFolder(layout.quarantine());
      int number = 1;
      Path place = layout.quarantine().resolve(name + "-" + number);
      while (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        number++;
        place = layout.quarantine().resolve(name + "-" + number);
      }
      files.replace(file, place);
      if (forced) {
        files.forceFolder(layout.quarantine());
        files.forceFolder(file.getParent());
      }
      return place;
    } catch (IOException e) {
      throw errors.refused("set aside", file, e);
    }
  }
}
