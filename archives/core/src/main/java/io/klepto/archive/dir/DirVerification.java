package io.klepto.archive.dir;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.store.VerifyReport;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The complete reading of a namespace, and the setting aside of what is damaged in it.
 *
 * <p>Others may read and write meanwhile; what looks damaged is looked at again with its lock held
 * before it is moved. What can't be read at all is reported, and left where it is: it is not known
 * to be damaged. A file in the place of a folder of records is damage, and so is a file with
 * another name than a record's, as it may be a record whose name was lost; what file managers leave
 * is not. Safe for use by many threads.
 */
final class DirVerification {
  private final DirLayout layout;
  private final DirErrors errors;
  private final KeyFileLocks locks;
  private final DirRecords records;
  private final DirChanges changes;
  private final DirListing listing;

  DirVerification(DirContext context) {
    this.layout = context.layout();
    this.errors = context.errors();
    this.locks = context.locks();
    this.records = context.records();
    this.changes = context.changes();
    this.listing = context.listing();
  }

  /** One reading: what it found so far. */
  private final class Reading {
    private final boolean repair;
    private final List<String> damages = new ArrayList<>();
    private final List<String> setAside = new ArrayList<>();
    private long whole;

    Reading(boolean repair) {
      this.repair = repair;
    }

    void take(Path place) {
      ArchiveException damage = repair ? repaired(place) : damageOf(place);
      if (damage != null) {
        damages.add(damage.getMessage());
      } else if (layout.isRecord(place) && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        whole++;
      }
    }

    private ArchiveException repaired(Path place) {
      ArchiveException first = damageOf(place);
      if (!(first instanceof DamagedRecordException)) {
        return first;
      }
      return locks.whileHolding(
          lockOf(place),
          () -> {
            ArchiveException damage = damageOf(place); // may have been written anew
            if (damage instanceof DamagedRecordException) {
              setAside.add(changes.setAside(place).toString());
            }
            return damage;
          });
    }
  }

  VerifyReport verify(boolean repair) {
    Reading reading = new Reading(repair);
    for (Path folder : listing.folders()) {
      if (isNoFolder(folder)) {
        reading.take(folder);
      } else {
        for (Path place : listing.allIn(folder)) {
          if (!DirLayout.isOfFileManager(place)) {
            reading.take(place);
          }
        }
      }
    }
    return new VerifyReport(reading.whole, reading.damages, reading.setAside);
  }

  /** Returns what is wrong with what lies in a place, or null if it is whole or gone. */
  private ArchiveException damageOf(Path place) {
    if (place.getParent().equals(layout.folder())) {
      return isNoFolder(place) ? errors.damaged(place, "a folder", "a file") : null;
    }
    if (!layout.isRecord(place)) {
      return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
          ? errors.damaged(place, "a name of " + layout.recordNames(), "this name")
          : null;
    }
    try {
      records.read(place, null);
      return null;
    } catch (ArchiveException e) {
      return e;
    }
  }

  private static boolean isNoFolder(Path place) {
    return Files.exists(place, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(place);
  }

  private long lockOf(Path place) {
    return layout.isRecord(place) ? layout.keyLock(layout.keyHexOf(place)) : layout.namespaceLock();
  }
}
