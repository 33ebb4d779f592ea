package io.klepto.archive;

import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import io.klepto.keymap.KeyTransform;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;

/**
 * A dictionary that outlives the process: typed keys and values over a {@link Store}.
 *
 * <p>Two keys are the same if their canonical bytes are ({@link
 * io.klepto.keymap.CanonicalEncoder}); the original key is kept with its entry and comes back from
 * {@link #entry}, {@link #keys} and {@link #cursor}. Keys and values are never null. What has
 * expired is as if it were not there.
 *
 * <p>Every method throws {@link ArchiveException} if the store fails, {@link
 * DamagedRecordException} if the record of its key is damaged, and {@link IllegalStateException}
 * once the archive is closed. A bulk call that fails for some keys does the others and throws the
 * first failure, the rest suppressed in it.
 *
 * <p>A key or value that is not of the declared type is a {@link ClassCastException} before
 * anything is written; a key without canonical bytes a {@link
 * io.klepto.keymap.KeyEncodingException}, which in a bulk call is the cause of that key's failure.
 * Keys and values are encoded when they are given: what is changed in them later does not reach the
 * archive.
 *
 * <p>Source: klepto's archives. Any number of threads may call at once, and any number of processes
 * where the store has {@link io.klepto.archive.store.Capability#MANY_PROCESSES}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Archive<K, V> extends AutoCloseable {
  /** Returns the name for messages, without passwords. */
  String name();

  /** Returns the value of a key, or null if there is none. */
  V get(K key);

  /** Returns the entry of a key, or null if there is none. */
  ArchiveEntry<K, V> entry(K key);

  /** Returns the entries that are there, each under the key that was asked for. */
  Map<K, ArchiveEntry<K, V>> entries(Set<? extends K> keys);

  /** Returns the values that are there, each under the key that was asked for. */
  Map<K, V> getAll(Set<? extends K> keys);

  /** Returns whether a key has an entry. */
  boolean contains(K key);

  /** Writes an entry that does not expire. */
  void put(K key, V value);

  /** Writes an entry, and returns its version. */
  long put(K key, V value, RecordTimes times);

  /** Writes entries that do not expire. */
  void putAll(Map<? extends K, ? extends V> entries);

  /**
   * Writes entries that do not expire, all or none: if one can't be encoded nothing is written, and
   * over a store with {@link io.klepto.archive.store.Capability#ATOMIC_BATCH} none of them is there
   * without the others, whatever happens.
   *
   * @throws UnsupportedOperationException if this archive is a view of another that can't
   */
  default void putTogether(Map<? extends K, ? extends V> entries) {
    throw new UnsupportedOperationException(name() + ": entries can't be written together here");
  }

  /**
   * Writes entries with their times; those that could not be written are named in the outcome, and
   * the versions of the others are in it.
   */
  ArchiveOutcome<K> putAllEntries(Map<? extends K, TimedValue<V>> entries);

  /** Removes an entry, and returns whether there was one. A damaged record is set aside. */
  boolean remove(K key);

  /** Removes entries; those that could not be removed are named in the outcome. */
  ArchiveOutcome<K> removeAll(Set<? extends K> keys);

  /**
   * Writes an entry if the version that is there is the expected one, atomically among all users.
   *
   * @param expectedVersion {@link Store#ABSENT} if there must be none; an expired entry counts as
   *     none
   * @return the new version, or empty if it was not the expected one
   */
  OptionalLong compareAndSet(K key, long expectedVersion, V value, RecordTimes times);

  /** Removes an entry if the version that is there is the expected one; returns whether it was. */
  boolean compareAndRemove(K key, long expectedVersion);

  /**
   * Changes the times of an entry if it is there in the expected version; returns whether it was.
   */
  boolean touch(K key, long expectedVersion, RecordTimes times);

  /** Starts a walk over the entries; the caller closes it. */
  ArchiveCursor<K, V> cursor();

  /** Returns a copy of the keys, in no particular order. Walks, without decoding values. */
  Set<K> keys();

  /**
   * Removes the records of entries that are expired, each only if it is still the same, and returns
   * how many. Reads leave them where they are. Walks; passes over damaged records.
   *
   * @throws UnsupportedOperationException if this archive is a view of another that can't
   */
  default long sweep() {
    throw new UnsupportedOperationException(name() + ": what is expired can't be swept here");
  }

  /**
   * Returns the time by which entries are judged here, in milliseconds since 1970-01-01T00:00Z:
   * that of the wall clock, or the archive's high-water mark if the clock was set back behind it.
   *
   * <p>The mark is the latest time at which any user of the archive wrote an entry that expires, or
   * removed an expired one; the archive keeps it. If a process is killed, it may be up to 10 s
   * behind that. A clock that was wrong and ahead leaves a mark in the future, by which entries
   * expire too early until {@link #verify} with {@code repair} forgets it.
   */
  default long nowMillis() {
    return System.currentTimeMillis();
  }

  /** Returns the number of entries that are not expired, damaged ones included. Walks. */
  long size();

  /** Removes every entry. */
  void clear();

  /**
   * Returns a view as a map: every call goes to the archive; atomic methods use compare-and-set.
   */
  ConcurrentMap<K, V> asMap();

  /**
   * Returns the canonical bytes of a key.
   *
   * @throws io.klepto.keymap.KeyEncodingException if the key has none
   */
  KeyBytes keyBytes(K key);

  /** Returns the way from a key to the key of its record; empty if they are the same. */
  default Optional<KeyTransform> keyTransform() {
    return Optional.empty();
  }

  /** Returns once everything acknowledged so far is on disk, where there is a disk. */
  void sync();

  /**
   * Reads everything and reports; with {@code repair}, sets damaged records aside, and takes the
   * wall clock for right if it is behind {@link #nowMillis}.
   */
  VerifyReport verify(boolean repair);

  /** Returns the store beneath. */
  Store store();

  /** Lets go of what is held open; destroys nothing. */
  @Override
  void close();

  /** Closes, and destroys the archive with everything in it. */
  void drop();
}
