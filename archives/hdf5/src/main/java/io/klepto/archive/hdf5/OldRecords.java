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
   * What was found under a key: a record, nothing, or damage.
   *
   * @param record the record, or null
   * @param version the version of the record, or of the one that was removed, if that is known
   * @param damage what is wrong, or null
   * @param region the damaged bytes in the file, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Old(StoreRecord record, long version, DamagedRecordException damage, byte[] region) {
    private static Old of(Journal.Told told) {
      return new Old(told.record(), told.version(), null, null);
    }

    private static Old of(DamagedRecordException damage, byte[] region) {
      return new Old(null, Store.ABSENT, damage, region);
    }

    boolean isNothing() {
      return record == null && damage == null;
    }

    /** Returns the version of the record that is there. */
    long recordVersion() {
      return record == null ? Store.ABSENT : version;
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
    Journal.Told told;
    try {
      told = journal.get(key);
    } catch (DamagedRecordException e) {
      return Old.of(e, null); // the journal sets its own damage aside when it is written over
    }
    return told == null ? inFile(key) : Old.of(told);
  }

  /** Returns what is there under each of some keys. */
  BulkOutcome<Old> ofAll(List<KeyBytes> keys) {
    BulkOutcome<Journal.Told> told = journal.getAll(keys);
    Map<KeyBytes, Old> done = new HashMap<>();
    Map<KeyBytes, ArchiveException> failed = new HashMap<>();
    told.done().forEach((key, last) -> done.put(key, Old.of(last)));
    List<KeyBytes> untold = new ArrayList<>();
    for (KeyBytes key : keys) {
      ArchiveException failure = told.failed().get(key);
      if (failure instanceof DamagedRecordException damage) {
        done.put(key, Old.of(damage, null));
      } else if (failure != null) {
        failed.put(key, failure);
      } else if (!done.containsKey(key)) {
        untold.add(key);
      }
    }
    BulkOutcome<Old> rest = BulkOutcome.ofEach(untold, this::inFile);
    done.putAll(rest.done());
    failed.putAll(rest.failed());
    return new BulkOutcome<>(done, failed);
  }

  private Old inFile(KeyBytes key) {
    BaseFile.Found found = base.find(key);
    if (found.damage() != null) {
      return Old.of(found.damage(), found.region());
    }
    StoreRecord record = found.record();
    return new Old(record, record == null ? Store.ABSENT : record.version(), null, null);
  }
}
