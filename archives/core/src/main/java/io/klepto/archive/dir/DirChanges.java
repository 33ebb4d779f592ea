package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.StoreRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The record files of one namespace, as they are changed one at a time: replaced, removed, set
 * aside.
 *
 * <p>A change is on the disk when its call returns if the store is a forced one; otherwise it is
 * noted in {@link Unsynced}. Called with the lock of the record's key held, except for what
 * concerns temporary files and folders; safe for use by many threads under that rule.
 */
final class DirChanges {
  private final DirLayout layout;
  private final RecordFiles files;
  private final RecordFileFormat format;
  private final DirErrors errors;
  private final KeyFileLocks locks;
  private final Unsynced unsynced;
  private final DirStamps stamps;
  private final boolean forced;
  private final Set<Path> named = ConcurrentHashMap.newKeySet();

  /**
   * Opens the changes.
   *
   * @param format how a record lies in its file
   * @param locks names the temporary files, so that all can tell whose they are
   * @param forced whether a change must be on disk before its call returns
   */
  DirChanges(
      DirLayout layout,
      RecordFiles files,
      RecordFileFormat format,
      DirErrors errors,
      KeyFileLocks locks,
      Unsynced unsynced,
      DirStamps stamps,
      boolean forced) {
    this.layout = layout;
    this.files = files;
    this.format = format;
    this.errors = errors;
    this.locks = locks;
    this.unsynced = unsynced;
    this.stamps = stamps;
    this.forced = forced;
  }

  /** Writes a record. Until it is there in whole, the old one stays. */
  void write(Path file, StoreRecord record, boolean setOldAside) {
    Path temp = prepare(file, record);
    if (forced) {
      force(temp, file);
    }
    install(temp, file, setOldAside);
    if (forced) {
      forceFolderOf(file);
    }
  }

  /** Writes a record into a temporary file, for a place that it takes by {@link #install}. */
  Path prepare(Path file, StoreRecord record) {
    Path temp = layout.temp().resolve(DirLayout.tempName(locks.writer(), locks.nextWrite()));
    try {
      if (files.givesPermissions()) {
        files.makeFile(temp);
      }
      format.write(temp, record);
      return temp;
    } catch (IOException e) {
      discard(temp, e);
      throw refused("write", file, e);
    } catch (RuntimeException e) {
      discard(temp, e);
      throw e;
    }
  }

  /** Brings a temporary file to the disk; removes it if that fails. */
  void force(Path temp, Path file) {
    try {
      files.forceFile(temp);
    } catch (IOException e) {
      discard(temp, e);
      throw refused("force to disk", file, e);
    }
  }

  /**
   * Gives a temporary file the place of a record, of which the name may still have to be forced.
   *
   * @param setOldAside whether what is there goes into quarantine, rather than being replaced
   */
  void install(Path temp, Path file, boolean setOldAside) {
    try {
      changing(file, () -> moveIn(temp, file, setOldAside));
    } catch (IOException e) {
      discard(temp, e);
      throw refused("write", file, e);
    } catch (ArchiveException e) {
      discard(temp, e);
      throw e;
    }
  }

  private void moveIn(Path temp, Path file, boolean setOldAside) throws IOException {
    if (setOldAside) {
      replaceDamaged(temp, file);
      return;
    }
    try {
      files.replace(temp, file);
    } catch (NoSuchFileException e) {
      files.createFolder(file.getParent());
      files.replace(temp, file);
    }
  }

  /** Replaces what is damaged so that, where files can have two names, it is never absent. */
  private void replaceDamaged(Path temp, Path file) throws IOException {
    Path place = placeInQuarantine(file);
    boolean linked = files.link(place, file);
    if (!linked) {
      files.replace(file, place);
    }
    try {
      if (forced) {
        Together.throwFirst(forceFolders(Set.of(layout.quarantine())));
      }
      files.replace(temp, file);
    } catch (IOException | RuntimeException e) {
      undo(linked, place, file, e);
      throw e;
    }
  }

  private void undo(boolean linked, Path place, Path file, Exception reason) {
    try {
      if (linked) {
        files.deleteIfExists(place);
      } else {
        files.replace(place, file);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Removes a temporary file whose record is not to be, for a reason that is being thrown. */
  void discard(Path temp, Exception reason) {
    try {
      files.deleteIfExists(temp);
    } catch (IOException e) {
      reason.addSuppressed(e); // compact removes it once this JVM is gone
    }
  }

  /** Removes a temporary file that is not needed. */
  void discard(Path temp) {
    try {
      files.deleteIfExists(temp);
    } catch (IOException e) {
      throw refused("remove", temp, e);
    }
  }

  /** Removes a record; there need not be one. */
  void remove(Path file) {
    unlink(file);
    if (forced) {
      forceFolderOf(file);
    }
  }

  /** Removes a record, of which the absence may still have to be forced. */
  void unlink(Path file) {
    try {
      changing(file, () -> files.deleteIfExists(file));
    } catch (IOException e) {
      throw refused("remove", file, e);
    }
  }

  private void forceFolderOf(Path file) {
    Together.throwFirst(forceFolders(Set.of(file.getParent())));
  }

  /**
   * Brings the names in folders to the disk, and once for each folder its own name.
   *
   * @return the folders that could not be forced, each with its failure
   */
  Map<Path, RuntimeException> forceFolders(Set<Path> folders) {
    Map<Path, RuntimeException> failures = Together.forEach(folders, this::forceFolder);
    // Whoever made a folder, be it another thread or process, may not have forced its name yet.
    if (!named.containsAll(folders)) {
      List<Path> present = folders.stream().filter(Files::isDirectory).toList();
      try {
        forceFolder(layout.folder());
        named.addAll(present);
      } catch (ArchiveException e) {
        folders.forEach(folder -> failures.putIfAbsent(folder, e));
      }
    }
    return failures;
  }

  private void forceFolder(Path folder) {
    try {
      files.forceFolder(folder);
    } catch (NoSuchFileException e) {
      return; // no folder, no name to bring to the disk
    } catch (IOException e) {
      throw refused("force to disk", folder, e);
    }
  }

  /** Moves what lies in the place of a record into quarantine and returns where it went. */
  Path setAside(Path file) {
    Path[] place = new Path[1];
    try {
      changing(file, () -> place[0] = moveAside(file));
      if (forced) {
        Together.throwFirst(forceFolders(Set.of(layout.quarantine(), file.getParent())));
      }
      return place[0];
    } catch (IOException e) {
      throw refused("set aside", file, e);
    }
  }

  private Path moveAside(Path file) throws IOException {
    Path place = placeInQuarantine(file);
    files.replace(file, place);
    return place;
  }

  private Path placeInQuarantine(Path file) throws IOException {
    files.createFolder(layout.quarantine());
    String name = file.getFileName().toString();
    int number = 1;
    Path place = layout.quarantine().resolve(name + "-" + number);
    while (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      number++;
      place = layout.quarantine().resolve(name + "-" + number);
    }
    return place;
  }

  private void changing(Path file, DirStamps.Change change) throws IOException {
    if (forced) {
      stamps.moving(file, change);
      return;
    }
    unsynced.begin();
    try {
      stamps.moving(file, change);
    } finally {
      unsynced.end(file);
    }
  }

  private ArchiveException refused(String action, Path file, IOException e) {
    boolean gone = e instanceof NoSuchFileException && Files.notExists(layout.header());
    return gone ? errors.gone(layout.folder()) : errors.refused(action, file, e);
  }
}
