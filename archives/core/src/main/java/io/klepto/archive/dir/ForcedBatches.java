package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VersionClock;
import io.klepto.keymap.KeyBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The bulk writes of a store that forces what it writes: the files of a batch are forced together,
 * and each folder once.
 *
 * <p>A batch takes three steps: temporary files are written, all of them are forced, then each is
 * renamed under the lock of its key; in the end the folders are forced. The version of a record
 * stands in its file before the lock is held, so it is that of the time; where a record is found
 * that has a greater one, its key is written again by itself.
 *
 * <p>Safe for use by many threads.
 */
final class ForcedBatches {
  /** How many records may lie in temporary files, on top of those that they replace. */
  private static final int MOST_RECORDS = 1_000;

  private final DirLayout layout;
  private final KeyFileLocks locks;
  private final DirRecords records;
  private final DirChanges changes;
  private final VersionClock versions;

  ForcedBatches(DirContext context, VersionClock versions) {
    this.layout = context.layout();
    this.locks = context.locks();
    this.records = context.records();
    this.changes = context.changes();
    this.versions = versions;
  }

  /** One record on its way: where it is to lie, and where it lies till then. */
  private record Write(StoreRecord record, Path file, Path temp) {}

  /** What became of the keys so far. */
  private static final class Outcome<T> {
    private final Map<KeyBytes, T> done = new HashMap<>();
    private final Map<KeyBytes, ArchiveException> failed = new HashMap<>();

    /** Takes back what was done where the folder could not be forced. */
    void failFolders(Map<Path, RuntimeException> failures, Function<KeyBytes, Path> folders) {
      if (failures.isEmpty()) {
        return;
      }
      for (KeyBytes key : List.copyOf(done.keySet())) {
        RuntimeException failure = failures.get(folders.apply(key));
        if (failure != null) {
          done.remove(key);
          fail(key, failure);
        }
      }
    }

    void fail(KeyBytes key, RuntimeException failure) {
      if (!(failure instanceof ArchiveException refused)) {
        throw failure;
      }
      failed.put(key, refused);
    }

    void add(Outcome<T> other) {
      done.putAll(other.done);
      failed.putAll(other.failed);
    }

    BulkOutcome<T> get() {
      return new BulkOutcome<>(done, failed);
    }
  }

  /**
   * Writes many records.
   *
   * @param alone writes one record as a single call does, and returns its version
   */
  BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents, Function<KeyBytes, Long> alone) {
    Outcome<Long> outcome = new Outcome<>();
    List<Write> batch = new ArrayList<>();
    contents.forEach(
        (key, content) -> {
          prepare(key, content, batch, outcome);
          if (batch.size() == MOST_RECORDS) {
            write(batch, alone, outcome);
            batch.clear();
          }
        });
    write(batch, alone, outcome);
    return outcome.get();
  }

  private void prepare(
      KeyBytes key, RecordContent content, List<Write> batch, Outcome<Long> outcome) {
    try {
      StoreRecord record = new StoreRecord(key, versions.next(Store.ABSENT), content);
      Path file = fileOf(key);
      batch.add(new Write(record, file, changes.prepare(file, record)));
    } catch (ArchiveException e) {
      outcome.fail(key, e);
    }
  }

  private void write(List<Write> batch, Function<KeyBytes, Long> alone, Outcome<Long> total) {
    Outcome<Long> outcome = new Outcome<>();
    Map<Write, RuntimeException> unforced =
        Together.forEach(batch, write -> changes.force(write.temp(), write.file()));
    Set<Path> folders = new HashSet<>();
    for (Write write : batch) {
      KeyBytes key = write.record().key();
      RuntimeException failure = unforced.get(write);
      try {
        if (failure != null) {
          throw failure;
        }
        if (install(write)) {
          outcome.done.put(key, write.record().version());
          folders.add(write.file().getParent());
        } else {
          outcome.done.put(key, alone.apply(key));
        }
      } catch (ArchiveException e) {
        changes.discard(write.temp(), e);
        outcome.fail(key, e);
      }
    }
    outcome.failFolders(changes.forceFolders(folders), key -> fileOf(key).getParent());
    total.add(outcome);
  }

  /** Puts a record into its place; returns false if what is there has a greater version. */
  private boolean install(Write write) {
    StoreRecord record = write.record();
    return locks.whileHolding(
        layout.keyLock(record.key().sha256Hex()),
        () -> {
          OldRecord old = records.old(write.file(), record.key());
          boolean newer = old.version() < record.version();
          if (newer) {
            changes.install(write.temp(), write.file(), old.isDamaged());
          } else {
            changes.discard(write.temp());
          }
          return newer;
        });
  }

  /** Removes many records. */
  BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys) {
    Outcome<Boolean> outcome = new Outcome<>();
    Set<Path> folders = new HashSet<>();
    for (KeyBytes key : Set.copyOf(keys)) {
      try {
        Path file = fileOf(key);
        boolean removed =
            locks.whileHolding(
                layout.keyLock(key.sha256Hex()),
                () -> {
                  OldRecord old = records.old(file, key);
                  if (old.isDamaged()) {
                    changes.setAside(file);
                  } else if (old.isThere()) {
                    changes.unlink(file);
                  }
                  return old.isThere();
                });
        outcome.done.put(key, removed);
        if (removed) {
          folders.add(file.getParent());
        }
      } catch (ArchiveException e) {
        outcome.fail(key, e);
      }
    }
    outcome.failFolders(changes.forceFolders(folders), key -> fileOf(key).getParent());
    return outcome.get();
  }

  private Path fileOf(KeyBytes key) {
    return layout.record(key.sha256Hex());
  }
}
