package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.StoreRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings a namespace to the disk.
 *
 * <p>Forces what this store changed, or every record where {@link Unsynced} tells that others have
 * changed some. After a force that failed, the system may call the file clean though it is not; so
 * its record is written anew by the next sync.
 *
 * <p>Safe for use by many threads: one syncs at a time, as a second one must not return before what
 * the first took over is on the disk.
 */
final class DirSync {
  private final DirLayout layout;
  private final RecordFiles files;
  private final DirErrors errors;
  private final KeyFileLocks locks;
  private final DirRecords records;
  private final DirChanges changes;
  private final DirListing listing;
  private final Unsynced unsynced;
  private final Set<Path> unforced = ConcurrentHashMap.newKeySet();

  DirSync(DirContext context, Unsynced unsynced) {
    this.layout = context.layout();
    this.files = context.files();
    this.errors = context.errors();
    this.locks = context.locks();
    this.records = context.records();
    this.changes = context.changes();
    this.listing = context.listing();
    this.unsynced = unsynced;
  }

  /** Returns once everything acknowledged so far is on the disk. */
  synchronized void sync() {
    List<String> others = marksOfOthers();
    List<String> ended = others.stream().filter(this::hasEnded).toList();
    for (Path file : Set.copyOf(unforced)) {
      writeAnew(file);
      unforced.remove(file);
    }
    Unsynced.Changes taken = unsynced.take();
    try {
      if (taken.tooMany() || !others.isEmpty()) {
        Together.throwFirst(Together.forEach(listing.folders(), this::forceFolderWithRecords));
      } else {
        forceRecords(taken.places());
      }
      force(layout.quarantine(), true);
      force(layout.folder(), true);
    } catch (ArchiveException e) {
      unsynced.giveBack(taken);
      throw e;
    }
    removeMarks(ended);
  }

  private List<String> marksOfOthers() {
    try {
      return files.list(layout.unsynced()).stream().filter(unsynced::isOther).toList();
    } catch (IOException e) {
      throw errors.refused("list", layout.unsynced(), e);
    }
  }

  private void writeAnew(Path file) {
    locks.whileHolding(
        layout.keyLock(layout.keyHexOf(file)),
        () -> {
          StoreRecord record = records.read(file, null);
          if (record != null) {
            changes.write(file, record, false);
          }
          return null;
        });
  }

  private void forceRecords(Set<Path> places) {
    Set<Path> folders = new HashSet<>();
    places.forEach(file -> folders.add(file.getParent()));
    Together.throwFirst(Together.forEach(places, file -> force(file, false)));
    Together.throwFirst(Together.forEach(folders, folder -> force(folder, true)));
  }

  private void forceFolderWithRecords(Path folder) {
    List<Path> found = listing.recordsIn(folder);
    for (Path file : found) {
      force(file, false);
    }
    force(folder, true);
  }

  private void force(Path subject, boolean isFolder) {
    try {
      if (isFolder) {
        files.forceFolder(subject);
      } else {
        files.forceFile(subject);
      }
    } catch (NoSuchFileException e) {
      return; // removed meanwhile, or never made
    } catch (IOException e) {
      if (!isFolder && Files.isDirectory(subject)) {
        return; // damage, which the next write sets aside
      }
      if (!isFolder) {
        unforced.add(subject);
      }
      throw errors.refused("force to disk", subject, e);
    }
  }

  /** Returns whether nobody writes under a mark any more. Asked before anything is forced. */
  private boolean hasEnded(String mark) {
    if (Unsynced.isLeft(mark)) {
      return true;
    }
    OptionalLong writer = DirLayout.writerOf(mark);
    try {
      return writer.isPresent() && !locks.isAlive(writer.getAsLong());
    } catch (IOException e) {
      throw errors.refused("ask for the writer of", layout.unsynced().resolve(mark), e);
    }
  }

  private void removeMarks(List<String> ended) {
    try {
      unsynced.unmark();
      for (String mark : ended) {
        files.deleteIfExists(layout.unsynced().resolve(mark));
      }
    } catch (IOException e) {
      throw errors.refused("remove the marks of what was synced", layout.unsynced(), e);
    }
  }
}
