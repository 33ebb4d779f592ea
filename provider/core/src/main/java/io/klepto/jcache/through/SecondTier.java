package io.klepto.jcache.through;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.jcache.config.ArchiveMode;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
  private final ArchiveMode mode;
  private volatile Attachment<K, V> attachment = new Attachment<>(null, null, 1);

  /**
   * What is attached at one time.
   *
   * @param archive the archive in use, or null
   * @param aside the archive that was taken off and can be put on again, or null
   * @param number grows with each change, from 1
   */
  private record Attachment<K, V>(Archive<K, V> archive, Archive<K, V> aside, int number) {}

  /** Makes a place with nothing attached. */
  public SecondTier(ArchiveMode mode) {
    this.mode = mode;
  }

  /** Attaches an archive in place of what was there, and returns that, or null; it stays open. */
  public synchronized Archive<K, V> attach(Archive<K, V> archive) {
    Attachment<K, V> old = attachment;
    attachment = new Attachment<>(archive, null, old.number() + 1);
    return old.archive() != null ? old.archive() : old.aside();
  }

  /** Takes the archive off and keeps it aside; does nothing if none is attached. */
  public synchronized void detach() {
    Attachment<K, V> old = attachment;
    if (old.archive() != null) {
      attachment = new Attachment<>(null, old.archive(), old.number() + 1);
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
      attachment = new Attachment<>(old.aside(), null, old.number() + 1);
    }
  }

  /** Forgets what memory knows to be the same in the archive: everything is to be dumped again. */
  public synchronized void renumber() {
    Attachment<K, V> old = attachment;
    attachment = new Attachment<>(old.archive(), old.aside(), old.number() + 1);
  }

  /** Returns the archive that is attached, or null. */
  public Archive<K, V> archive() {
    return attachment.archive();
  }

  /** Returns the number of the attachment; it changes with each change of archives. */
  public int attachmentNumber() {
    return attachment.number();
  }

  /** Returns whether a write has reached the archive, if one is attached, when it returns. */
  public boolean isWriteThrough() {
    return mode == ArchiveMode.WRITE_THROUGH;
  }

  /** Returns the entry of a key, or null if there is none. */
  public ArchiveEntry<K, V> read(K key) {
    Archive<K, V> archive = archive();
    return archive == null ? null : reading(() -> archive.entry(key));
  }

  /** Returns the entries that are there, each under the key that was asked for. */
  public Map<K, ArchiveEntry<K, V>> readAll(Set<? extends K> keys) {
    Archive<K, V> archive = archive();
    return archive == null ? Map.of() : reading(() -> archive.entries(keys));
  }

  /** Returns whether a key has an entry. */
  public boolean contains(K key) {
    Archive<K, V> archive = archive();
    return archive != null && reading(() -> archive.contains(key));
  }

  /** Starts a walk over the entries, which the caller closes; null if none is attached. */
  public ArchiveCursor<K, V> cursor() {
    Archive<K, V> archive = archive();
    return archive == null ? null : reading(archive::cursor);
  }

  /** Returns the next entry of a walk, or null after the last; the walk goes on after a failure. */
  public ArchiveEntry<K, V> next(ArchiveCursor<K, V> cursor) {
    return reading(cursor::next);
  }

  /** Writes one entry, and returns its version; 0 if no archive is attached. */
  public long write(K key, V value, RecordTimes times) {
    Attachment<K, V> now = attachment;
    if (now.archive() == null) {
      return 0;
    }
    return writing(() -> now.archive().put(key, value, times));
  }

  /** Gives an entry other times if it is there in that version; does nothing otherwise. */
  public void touch(K key, long version, RecordTimes times) {
    Archive<K, V> archive = archive();
    if (archive != null && version != Store.ABSENT) {
      writing(() -> archive.touch(key, version, times));
    }
  }

  /** Removes an entry if it is there in that version; does nothing otherwise. */
  public void remove(K key, long version) {
    Archive<K, V> archive = archive();
    if (archive != null && version != Store.ABSENT) {
      writing(() -> archive.compareAndRemove(key, version));
    }
  }

  /** Writes many entries as one batch; says which were written, here none only by failure. */
  public ArchiveOutcome<K> writeAll(Map<K, TimedValue<V>> entries) {
    Archive<K, V> archive = archive();
    return archive == null
        ? new ArchiveOutcome<>(entries.keySet(), Map.of())
        : writing(() -> archive.putAllEntries(entries));
  }

  /** Removes an entry, and returns whether there was one. */
  public boolean remove(K key) {
    Archive<K, V> archive = archive();
    return archive != null && writing(() -> archive.remove(key));
  }

  /** Removes many entries as one batch; says which are gone. */
  public ArchiveOutcome<K> removeAll(Set<K> keys) {
    Archive<K, V> archive = archive();
    return archive == null
        ? new ArchiveOutcome<>(keys, Map.of())
        : writing(() -> archive.removeAll(keys));
  }

  /** Removes every entry; whatever memory has is to be dumped again. */
  public void clear() {
    Archive<K, V> archive = archive();
    if (archive != null) {
      try {
        writing(
            () -> {
              archive.clear();
              return null;
            });
      } finally {
        renumber(); // a failed call may have cleared all the same
      }
    }
  }

  /** Closes what is attached or aside; destroys nothing. */
  public void close() {
    Archive<K, V> owned = attach(null);
    if (owned != null) {
      owned.close();
    }
  }

  /**
   * Takes the attached archive off, closes and destroys it.
   *
   * @throws IllegalStateException if none is attached
   */
  public void drop() {
    if (archive() == null) {
      throw new IllegalStateException("no archive to drop: none is attached");
    }
    attach(null).drop();
  }

  /** Returns the failure of a write as JSR-107 has it. */
  public static CacheWriterException writerException(ArchiveException e) {
    return new CacheWriterException(e.getMessage(), e);
  }

  private static <R> R writing(Supplier<R> write) {
    try {
      return write.get();
    } catch (ArchiveException e) {
      throw writerException(e);
    }
  }

  private static <R> R reading(Supplier<R> read) {
    try {
      return read.get();
    } catch (ArchiveException e) {
      throw new CacheLoaderException(e.getMessage(), e);
    }
  }
}
