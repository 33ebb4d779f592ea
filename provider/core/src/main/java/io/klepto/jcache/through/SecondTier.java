package io.klepto.jcache.through;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.jcache.jfr.RecordedArchive;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;

/**
 * The place behind a cache's memory for an archive, which may be taken off and put on again. While
 * none is attached, reads find nothing, and writes and removals have nothing to do.
 *
 * <p>Failures are as JSR-107 has them: the cause of {@link CacheLoaderException} for a read, of
 * {@link CacheWriterException} for a write.
 *
 * <p>Each attachment has a number. An entry in memory remembers in which attachment it was last the
 * same as in the archive, so that only what differs is ever dumped, and everything after a change
 * of archives.
 *
 * <p>Any number of threads may call at once; who changes an entry holds the lock of its key. Each
 * call works on the attachment that it finds when it begins.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class SecondTier<K, V> {
  /** The version of an entry that will be in the archive soon; only touched or removed by it. */
  public static final long QUEUED = -1;

  private final String cacheName;
  private final ArchiveMode mode;
  private final WriteBehindParts<K> writeBehind;
  private final ArchiveCalls calls;
  private volatile Attachment<K, V> attachment = new Attachment<>(null, null, 1, null);

  /**
   * What is attached at one time.
   *
   * @param archive the archive in use, or null
   * @param aside the archive that was taken off and can be put on again, or null
   * @param number grows with each change, from 1
   * @param queue the queue before the archive in use, or null
   */
  private record Attachment<K, V>(
      RecordedArchive<K, V> archive,
      RecordedArchive<K, V> aside,
      int number,
      QueuedArchive<K, V> queue) {
    /** Returns what is to be closed with the cache, or null. */
    Archive<K, V> owned() {
      RecordedArchive<K, V> either = archive != null ? archive : aside;
      return either == null ? null : either.unwrap();
    }
  }

  /**
   * Makes a place with nothing attached.
   *
   * @param cacheName whose place it is, for the flight recorder
   * @param writeBehindOrNull what {@link ArchiveMode#WRITE_BEHIND} needs; null in other modes
   * @param failures counts what the archive fails to do, the writes of a queue apart
   */
  public SecondTier(
      String cacheName,
      ArchiveMode mode,
      WriteBehindParts<K> writeBehindOrNull,
      ArchiveFailures failures) {
    this.cacheName = cacheName;
    this.mode = mode;
    this.writeBehind = writeBehindOrNull;
    this.calls = new ArchiveCalls(failures);
  }

  /**
   * Attaches an archive in place of what was there, and returns that, or null; it stays open. What
   * is queued for it is written first.
   *
   * @throws CacheWriterException if that fails; nothing has changed then
   */
  public synchronized Archive<K, V> attach(Archive<K, V> archive) {
    endQueue();
    Attachment<K, V> old = attachment;
    attach(new RecordedArchive<>(cacheName, archive), null);
    return old.owned();
  }

  private void attach(RecordedArchive<K, V> archive, RecordedArchive<K, V> aside) {
    boolean queued = writeBehind != null && archive != null;
    attachment =
        new Attachment<>(
            archive,
            aside,
            attachment.number() + 1,
            queued ? new QueuedArchive<>(archive, writeBehind) : null);
  }

  private void endQueue() {
    QueuedArchive<K, V> queue = attachment.queue();
    if (queue != null) {
      calls.changing(queue::end);
    }
  }

  /**
   * Takes the archive off and keeps it aside, after what is queued for it is written; does nothing
   * if none is attached.
   *
   * @throws CacheWriterException if the queue can't be written; nothing has changed then
   */
  public synchronized void detach() {
    Attachment<K, V> old = attachment;
    if (old.archive() != null) {
      endQueue();
      attach(null, old.archive());
    }
  }

  /**
   * Puts the archive on again that was taken off; does nothing if one is attached.
   *
   * @throws IllegalStateException if there is none
   */
  public synchronized void reattach() {
    Attachment<K, V> old = attachment;
    if (old.archive() == null) {
      if (old.aside() == null) {
        throw new IllegalStateException("no archive to attach: this cache was never given one");
      }
      attach(old.aside(), null);
    }
  }

  /** Forgets what memory knows to be the same in the archive: everything is to be dumped again. */
  public synchronized void renumber() {
    Attachment<K, V> old = attachment;
    attachment = new Attachment<>(old.archive(), old.aside(), old.number() + 1, old.queue());
  }

  /** Returns the archive that is attached, or null. */
  public Archive<K, V> archive() {
    RecordedArchive<K, V> archive = attachment.archive();
    return archive == null ? null : archive.unwrap();
  }

  /** Returns the number of the attachment; it changes with each change of archives. */
  public int attachmentNumber() {
    return attachment.number();
  }

  /** Returns whether each put is to be written here, at once or into the queue. */
  public boolean takesWrites() {
    return mode == ArchiveMode.WRITE_THROUGH || mode == ArchiveMode.WRITE_BEHIND;
  }

  /** Returns whether the archive is touched by klepto's verbs alone. */
  public boolean isManual() {
    return mode == ArchiveMode.MANUAL;
  }

  /** Returns whether memory may have what the archive has not when the process ends. */
  public boolean isDumpedAtExit() {
    return mode == ArchiveMode.ON_EVICT || mode == ArchiveMode.WRITE_BEHIND;
  }

  /** Returns the entry of a key, or null if there is none. */
  public ArchiveEntry<K, V> read(K key) {
    Attachment<K, V> now = attachment;
    if (now.archive() == null) {
      return null;
    }
    QueuedArchive<K, V> queue = now.queue();
    return calls.reading(() -> queue == null ? now.archive().entry(key) : queue.entry(key));
  }

  /** Returns the entries that are there, each under the key that was asked for. */
  public Map<K, ArchiveEntry<K, V>> readAll(Set<? extends K> keys) {
    Attachment<K, V> now = attachment;
    if (now.archive() == null) {
      return Map.of();
    }
    QueuedArchive<K, V> queue = now.queue();
    return calls.reading(() -> queue == null ? now.archive().entries(keys) : queue.entries(keys));
  }

  /** Returns whether a key has an entry. */
  public boolean contains(K key) {
    Attachment<K, V> now = attachment;
    QueuedArchive<K, V> queue = now.queue();
    return now.archive() != null
        && calls.reading(() -> queue == null ? now.archive().contains(key) : queue.contains(key));
  }

  /**
   * Returns the time by which the archive judges what is over, in milliseconds since
   * 1970-01-01T00:00Z: the wall clock's, or a later one if that was set back.
   *
   * @param wallMillis the answer while none is attached
   */
  public long nowMillis(long wallMillis) {
    Archive<K, V> archive = attachment.archive();
    return archive == null ? wallMillis : calls.reading(archive::nowMillis);
  }

  /** Starts a walk over the entries, which the caller closes; null if none is attached. */
  public ArchiveCursor<K, V> cursor() {
    Attachment<K, V> now = attachment;
    if (now.archive() == null) {
      return null;
    }
    QueuedArchive<K, V> queue = now.queue();
    return calls.reading(() -> queue == null ? now.archive().cursor() : queue.cursor());
  }

  /** Returns the next entry of a walk, or null after the last; the walk goes on after a failure. */
  public ArchiveEntry<K, V> next(ArchiveCursor<K, V> cursor) {
    return calls.reading(cursor::next);
  }

  /** Writes one entry, and returns its version, or {@link #QUEUED}; 0 if nothing is attached. */
  public long write(K key, V value, RecordTimes times) {
    Attachment<K, V> now = attachment;
    if (now.archive() == null) {
      return 0;
    }
    QueuedArchive<K, V> queue = now.queue();
    return calls.writing(
        () -> queue == null ? now.archive().put(key, value, times) : queue.put(key, value, times));
  }

  /**
   * Writes one entry if there is none, past any queue; returns its version, 0 if nothing is
   * attached, or empty if there is one.
   */
  public OptionalLong writeIfAbsent(K key, V value, RecordTimes times) {
    Archive<K, V> archive = attachment.archive();
    return archive == null
        ? OptionalLong.of(Store.ABSENT)
        : calls.writing(() -> archive.compareAndSet(key, Store.ABSENT, value, times));
  }

  /** Gives an entry other times if it is there in that version; does nothing otherwise. */
  public void touch(K key, long version, RecordTimes times) {
    Attachment<K, V> now = attachment;
    if (now.queue() != null) {
      calls.changing(() -> now.queue().touch(key, version, times));
    } else if (now.archive() != null && version != Store.ABSENT) {
      calls.writing(() -> now.archive().touch(key, version, times));
    }
  }

  /** Removes an entry if it is there in that version; does nothing otherwise. */
  public void remove(K key, long version) {
    Attachment<K, V> now = attachment;
    if (now.queue() != null) {
      calls.changing(() -> now.queue().compareAndRemove(key, version));
    } else if (now.archive() != null && version != Store.ABSENT) {
      calls.writing(() -> now.archive().compareAndRemove(key, version));
    }
  }

  /** Writes many entries as one batch; says which were written, here none only by failure. */
  public ArchiveOutcome<K> writeAll(Map<K, TimedValue<V>> entries) {
    Attachment<K, V> now = attachment;
    if (now.archive() == null) {
      return new ArchiveOutcome<>(entries.keySet(), Map.of());
    }
    QueuedArchive<K, V> queue = now.queue();
    return calls.counted(
        calls.writing(
            () ->
                queue == null
                    ? now.archive().putAllEntries(entries)
                    : queue.putAllEntries(entries)));
  }

  /** Removes an entry, and returns whether there was one. */
  public boolean remove(K key) {
    Attachment<K, V> now = attachment;
    QueuedArchive<K, V> queue = now.queue();
    return now.archive() != null
        && calls.writing(() -> queue == null ? now.archive().remove(key) : queue.remove(key));
  }

  /** Removes an entry that the caller has found already: a queue need not look for it. */
  public void removeFound(K key) {
    Attachment<K, V> now = attachment;
    if (now.queue() != null) {
      calls.changing(() -> now.queue().removeFound(key));
    } else if (now.archive() != null) {
      calls.writing(() -> now.archive().remove(key));
    }
  }

  /** Removes many entries as one batch; says which are gone. */
  public ArchiveOutcome<K> removeAll(Set<K> keys) {
    Attachment<K, V> now = attachment;
    if (now.archive() == null) {
      return new ArchiveOutcome<>(keys, Map.of());
    }
    QueuedArchive<K, V> queue = now.queue();
    return calls.counted(
        calls.writing(() -> queue == null ? now.archive().removeAll(keys) : queue.removeAll(keys)));
  }

  /** Removes every entry; whatever memory has is to be dumped again. */
  public void clear() {
    Attachment<K, V> now = attachment;
    if (now.archive() != null) {
      try {
        Runnable clear = now.queue() == null ? now.archive()::clear : now.queue()::clear;
        calls.changing(clear);
      } finally {
        renumber(); // a failed call may have cleared all the same
      }
    }
  }

  /**
   * Waits until everything that is queued is written; does nothing without a queue.
   *
   * @throws CacheWriterException for what the archive refuses; it is kept
   */
  public void flush() {
    QueuedArchive<K, V> queue = attachment.queue();
    if (queue != null) {
      calls.changing(queue::flush);
    }
  }

  /**
   * Writes what is queued; from here on writes go to the archive directly. Does nothing without a
   * queue.
   *
   * @return what the archive refuses: each key with its value, null for an entry to be removed
   */
  public Map<K, V> endQueueing() {
    QueuedArchive<K, V> queue = attachment.queue();
    return queue == null ? Map.of() : queue.endAnyway();
  }

  /** Returns how many keys have a write in the queue, those included that the archive refused. */
  public int queueLength() {
    QueuedArchive<K, V> queue = attachment.queue();
    return queue == null ? 0 : queue.size();
  }

  /** Returns how often a queued write was given up since the archive was attached. */
  public long refusedWrites() {
    QueuedArchive<K, V> queue = attachment.queue();
    return queue == null ? 0 : queue.givenUp();
  }

  /** Closes what is attached or aside, after {@link #endQueueing}; destroys nothing. */
  public synchronized void close() {
    Attachment<K, V> old = attachment;
    attach(null, null);
    Archive<K, V> owned = old.owned();
    if (owned != null) {
      owned.close();
    }
  }

  /**
   * Takes the attached archive off, closes and destroys it; what is queued for it is forgotten.
   *
   * @throws IllegalStateException if none is attached
   */
  public synchronized void drop() {
    Attachment<K, V> old = attachment;
    if (old.archive() == null) {
      throw new IllegalStateException("no archive to drop: none is attached");
    }
    if (old.queue() != null) {
      old.queue().discard();
    }
    attach(null, null);
    old.archive().drop();
  }
}
