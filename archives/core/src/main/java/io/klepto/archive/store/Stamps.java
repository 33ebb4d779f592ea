package io.klepto.archive.store;

import io.klepto.keymap.KeyBytes;

/**
 * Numbers that tell everybody who keeps copies of records, in any process of the host, that a
 * record may have changed.
 *
 * <p>Each key has a stripe, which it shares with other keys, and each stripe a stamp. A change of a
 * record makes the stamp of its stripe odd before anything is changed, and even, two greater than
 * before, when everything is, before the call returns. Clearing does so with all stripes, by more
 * than two, or with those of the records that it removes; compaction, which changes no record, with
 * none, but for that of {@code hdf:}, which moves those of what it takes out of its log.
 *
 * <p>So who reads a stamp that is even, then the record, may keep the record, and may use it as
 * long as the stamp is the same: no change that was acknowledged before can be missing from it. A
 * stamp that is odd belongs to a change that is under way, or whose process died: the record is to
 * be read then and not to be kept.
 *
 * <p>A {@link Store#put}, {@link Store#compareAndSet} and {@link Store#compareAndRemove} that does
 * change its record moves the stamp exactly once, by two; one that does not change it moves the
 * stamp not at all or by two. That lets a writer tell its own changes from those of others. Bulk
 * changes move each stripe of their keys by two at least once.
 *
 * <p>Only whether two even stamps are equal says anything, not which is greater. Where nothing can
 * be known, as the store was closed or destroyed or its stamps are gone, the stamp is odd.
 *
 * <p>Any number of threads may call; closed with the store that they belong to.
 */
public interface Stamps {
  /** Returns the stripe of a key, from 0; the same as long as the store is open. */
  int stripeOf(KeyBytes key);

  /**
   * Returns the stamp of a stripe as it is now. What a thread reads after this call from the store
   * is at least as new as all changes whose stamps this call has seen.
   */
  long at(int stripe);
}
