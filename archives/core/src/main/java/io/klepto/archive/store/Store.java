package io.klepto.archive.store;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.keymap.KeyBytes;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Moves opaque records by the bytes of their keys: the lower of an archive's two layers, and all
 * that a new back-end has to write. The suite {@code StoreContract} of the testkit is this page as
 * tests.
 *
 * <p><b>Round trip.</b> What {@code get} returns for a key is what the last {@code put} that was
 * acknowledged, by any user of the store, gave for it, byte for byte. A call that returned normally
 * is acknowledged; what that survives is {@link #durability()}.
 *
 * <p><b>Failure.</b> A call that throws has changed nothing for its key, or is not known to have:
 * it is then either fully done or not at all. Damage is thrown as {@link DamagedRecordException},
 * never returned and never read as absence. Each method throws {@link ArchiveException} if the
 * engine fails, and {@link IllegalStateException} once the store is closed.
 *
 * <p><b>Versions.</b> Each write gives its record a version greater than that of the record it
 * replaces. {@link #ABSENT} stands for no record.
 *
 * <p><b>Expiry.</b> A store keeps times; it neither hides nor drops what has expired, unless it has
 * {@link Capability#NATIVE_EXPIRY}. Judging them is the archive's part.
 *
 * <p><b>Threads.</b> Any number of threads may call at once, and a thread that is interrupted
 * neither loses data nor harms the calls of others; its interrupt status is kept.
 */
public interface Store extends AutoCloseable {
  /** The version of a record that is not there. */
  long ABSENT = 0;

  /** Returns the name for messages: the location without passwords, and the namespace. */
  String name();

  /** Returns what this store can do beyond the contract. */
  Set<Capability> capabilities();

  /** Returns what a write has reached when its call returns. */
  Durability durability();

  /** Returns the record of a key, or null if there is none. */
  StoreRecord get(KeyBytes key);

  /**
   * Returns the record of a key to be read where it lies, or null if there is none; the same record
   * that {@link #get} returns. Without a copy on the heap if it is large and the store has {@link
   * Capability#MAPPED_VALUES}.
   */
  default MappedRecord map(KeyBytes key) {
    StoreRecord record = get(key);
    return record == null ? null : MappedRecord.of(record);
  }

  /** Returns whether a key has a record. A damaged record throws, as in {@link #get}. */
  boolean contains(KeyBytes key);

  /** Reads many keys in as few steps as the engine allows; an absent key is in neither map. */
  BulkOutcome<StoreRecord> getAll(Collection<KeyBytes> keys);

  /** Writes a record, replacing what was there, and returns its version. */
  long put(KeyBytes key, RecordContent content);

  /** Writes many records in as few steps as the engine allows; yields their versions. */
  BulkOutcome<Long> putAll(Map<KeyBytes, RecordContent> contents);

  /** Removes a record and returns whether there was one. */
  boolean remove(KeyBytes key);

  /** Removes many records; yields for each key whether there was one. */
  BulkOutcome<Boolean> removeAll(Collection<KeyBytes> keys);

  /**
   * Writes a record if the version that is there is the expected one, atomically.
   *
   * @param expectedVersion the version that must be there, {@link #ABSENT} for none
   * @return the new version, or empty if another version, or none, was found
   */
  OptionalLong compareAndSet(KeyBytes key, long expectedVersion, RecordContent content);

  /**
   * Removes a record if the version that is there is the expected one, and returns whether it was.
   */
  boolean compareAndRemove(KeyBytes key, long expectedVersion);

  /**
   * Changes the times of a record, without rewriting its payload where the engine allows. The
   * version stays.
   *
   * @return false if the record is not there in the expected version; nothing changed then
   */
  boolean touch(KeyBytes key, long expectedVersion, RecordTimes times);

  /** Starts a walk over all records; the caller closes it. */
  RecordCursor scan();

  /** Returns the number of records, damaged ones included. May walk. */
  long size();

  /** Removes every record; damaged ones are set aside. */
  void clear();

  /** Returns once everything acknowledged so far is on disk, where there is a disk. */
  void sync();

  /** Gives back space that removed and replaced records hold, and what crashed writers left. */
  void compact();

  /**
   * Reads everything and reports.
   *
   * @param repair whether damaged records are set aside, out of the way of readers. Where records
   *     were lost of which not even the key is known, this accepts the loss: an older record of
   *     such a key, if the store still has it, counts again
   */
  VerifyReport verify(boolean repair);

  /**
   * Returns the stamps of this store, making them where there are none. From then on every user of
   * the store moves them with each change, whether it has asked for stamps or not.
   *
   * @param entries how many entries they are to serve: there are at least as many stripes, if this
   *     call makes them and the store has no upper limit that is less
   * @throws ArchiveException if they can't be made, as on a file system of the network
   * @throws UnsupportedOperationException if the store lacks {@link Capability#STAMPS}
   */
  default Stamps stamps(long entries) {
    throw new UnsupportedOperationException(
        name() + ": expected a store that has stamps, found one that has none");
  }

  /**
   * Takes a key for the current user alone, having waited for it; not reentrant: who takes a key
   * twice waits in vain. Closing the store does not give it back. Locks of keys are taken before
   * any that the other calls take by themselves, so whoever has some may make all other calls.
   *
   * @param patience how long to wait at most; a key that is free is had without any
   * @return the hold, or empty if somebody else kept the key for that long
   * @throws UnsupportedOperationException if the store lacks {@link Capability#KEY_LOCK}
   */
  default Optional<KeyHold> lockKey(KeyBytes key, Duration patience) {
    throw new UnsupportedOperationException(
        name() + ": expected a store that can lock a key, found one that can't");
  }

  /** Lets go of what is held open; destroys nothing. A second call does nothing. */
  @Override
  void close();

  /** Closes, and removes the namespace with all its records and what was set aside in it. */
  void destroy();
}
