package io.klepto.archive.dir;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.lock.Uninterrupted;
import io.klepto.archive.store.MappedRecord;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The record files of one namespace, as they are read.
 *
 * <p>Reading needs no lock: a file appears under its name by a rename, whole. Safe for use by many
 * threads.
 */
final class DirRecords {
  private final DirLayout layout;
  private final RecordFileFormat format;
  private final DirErrors errors;

  /**
   * Opens the records.
   *
   * @param format how a record lies in its file
   */
  DirRecords(DirLayout layout, RecordFileFormat format, DirErrors errors) {
    this.layout = layout;
    this.format = format;
    this.errors = errors;
  }

  /**
   * Returns the record in a file, or null if there is no file.
   *
   * @param key the key that it must have, or null for the one that the file is named by
   * @throws DamagedRecordException if what is there is not a whole record with that key
   */
  StoreRecord read(Path file, KeyBytes key) {
    StoreRecord record = found(file, () -> format.read(file, key, errors.store()));
    if (record != null && key == null) {
      requireNamedBy(file, record.key());
    }
    return record;
  }

  /**
   * Returns the record in a file, to be read where it lies, or null if there is no file.
   *
   * @throws DamagedRecordException if what is there is not a whole record with that key
   */
  MappedRecord map(Path file, KeyBytes key) {
    return found(file, () -> format.map(file, key, errors.store()));
  }

  /**
   * Verifies the record in a file as {@link #read} does, and returns its version, or {@link
   * Store#ABSENT} if there is no file.
   *
   * @param key the key that it must have, or null for the one that the file is named by
   * @throws DamagedRecordException if what is there is not a whole record with that key
   */
  long check(Path file, KeyBytes key) {
    RecordFileFormat.RecordId found = found(file, () -> format.check(file, key, errors.store()));
    if (found == null) {
      return Store.ABSENT;
    }
    if (key == null) {
      requireNamedBy(file, found.key());
    }
    return found.version();
  }

  /** Returns what is found under a key by {@link #check}, damage included. */
  OldRecord old(Path file, KeyBytes key) {
    try {
      return new OldRecord(check(file, key), null);
    } catch (DamagedRecordException e) {
      return new OldRecord(Store.ABSENT, e);
    }
  }

  private void requireNamedBy(Path file, KeyBytes key) {
    String hex = key.sha256Hex();
    if (!layout.keyHexOf(file).equals(hex)) {
      throw errors.damaged(file, "the record of another key here", "that of " + hex);
    }
  }

  /** Returns what a reading yields, or null if there is no file. */
  private <T> T found(Path file, Uninterrupted.Action<T> reading) {
    try {
      return reading.run();
    } catch (NoSuchFileException e) {
      if (Files.notExists(layout.header())) {
        throw errors.gone(layout.folder());
      }
      return null;
    } catch (IOException e) {
      requireRegularFile(file);
      throw errors.refused("read", file, e);
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
}
