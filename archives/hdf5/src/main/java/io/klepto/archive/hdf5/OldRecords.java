package io.klepto.archive.hdf5;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is there under keys that are about to be changed: in the journal, or else in the file.
 * Called with the locks of the keys held; then nobody but a compaction, which changes no record,
 * comes in between. Safe for use by many threads under that rule.
 */
final class OldRecords {
  private final Journal journal;
  private final BaseFile base;

  OldRecords(Journal journal, BaseFile base) {
    this.journal = journal;
    this.base = base;
  }

  /**
   * What was found under a key: a whole record, nothing, or damage; without its value.
   *
   * @param isWhole whether a whole record is there
   * @param version the version of the record, or of the one that was removed, if that is known
   * @param damage what is wrong, or null
   * @param region the damaged bytes in the file, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Old(boolean isWhole, long version, DamagedRecordException damage, byte[] region) {
    private static Old of(Journal.Told told) {
      return new Old(told.record() != null, told.version(), null, null);
    }

    private static Old of(BaseFile.Found found) {
      if (found.damage() != null) {
        return new Old(false, Store.ABSENT, found.damage(), found.region());
      }
      StoreRecord record = found.record();
      return new Old(record != null, record == null ? Store.ABSENT : record.version(), null, null);
    }

    boolean isNothing() {
      return !isWhole && damage == null;
    }

    /** Returns the version of the record that is there. */
    long recordVersion() {
      return isWhole ? version : Store.ABSENT;
    }

    /** Refuses to judge the version of a damaged record, which is neither there nor absent. */
    Old requireWhole() {
      if (damage != null) {
        throw damage;
      }
      return this;
    }
  }

  /** Returns what is there under a key. */
  Old of(KeyBytes key) {
    Old told = told(key);
    return told == null ? Old.of(base.find(key)) : told;
  }

  /** Returns what was told of a key, or null if nothing was. */
  private Old told(KeyBytes key) {
    try {
      Journal.Told told = journal.get(key);
      return told == null ? null : Old.of(told);
    } catch (DamagedRecordException e) {
      return new Old(false, Store.ABSENT, e, null); // the journal has its own care for damage
    }
  }

  /** Returns what is there under each of some keys; one after the other, as values are large. */
  BulkOutcome<Old> ofAll(List<KeyBytes> keys) {
    BulkOutcome<Old> told = BulkOutcome.ofEach(keys, this::told);
    List<KeyBytes> untold = new ArrayList<>(keys);
    untold.removeAll(told.done().keySet());
    untold.removeAll(told.failed().keySet());
    BulkOutcome<Old> rest = base.findAll(untold, Old::of);
    Map<KeyBytes, Old> done = new HashMap<>(told.done());
    Map<KeyBytes, ArchiveException> failed = new HashMap<>(told.failed());
    done.putAll(rest.done());
    failed.putAll(rest.failed());
    return new BulkOutcome<>(done, failed);
  }
}
