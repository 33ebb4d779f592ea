package io.klepto.archive.dir;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Store;

/**
 * What was found under a key that is to be changed: a record, nothing, or damage.
 *
 * @param version the version of the record, {@link Store#ABSENT} if there is none to be read
 * @param damage what is wrong with it, or null
 */
record OldRecord(long version, DamagedRecordException damage) {
  boolean isDamaged() {
    return damage != null;
  }

  /** Returns whether anything is there. */
  boolean isThere() {
    return damage != null || version != Store.ABSENT;
  }

  /**
   * Returns the version.
   *
   * @throws DamagedRecordException if the record is damaged: it is neither there nor absent then
   */
  long wholeVersion() {
    if (damage != null) {
      throw damage;
    }
    return version;
  }
}
