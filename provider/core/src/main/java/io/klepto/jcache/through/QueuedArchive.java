package io.klepto.jcache.through;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.ArchiveOutcome;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.TimedValue;
import io.klepto.archive.store.RecordTimes;
import io.klepto.keymap.KeyBytes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An archive behind a queue: changes are queued, reads see the queue and then the archive.
 *
 * <p>A read looks at the queue first: what is not there any more is in the archive by then. An
 * entry from the queue has the version {@link SecondTier#QUEUED}; what depends on the version then
 * takes the one that the archive has, as this queue is the only writer that the mode allows for.
 *
 * <p>Any number of threads may call; who changes an entry holds the lock of its key.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class QueuedArchive<K, V> {
  private final Archive<K, V> archive;
  private final WriteBehindParts<K> parts;
  private final WriteQueue<K, V> queue;
  private final QueueWriter<K, V> writer;

  QueuedArchive(Archive<K, V> archive, WriteBehindParts<K> parts) {
    this.archive = archive;
    this.parts = parts;
    this.queue = new WriteQueue<>(parts.settings(), parts.pauses(), this::startWriter);
    this.writer = new QueueWriter<>(queue, archive, parts.settings(), parts.wallMillis());
  }

  private void startWriter() {
    parts.threads().execute(writer);
  }

  private QueuedWrite<K, V> find(K key) {
    return queue.find(archive.keyBytes(key));
  }

  private boolean isLive(QueuedWrite<K, V> write) {
    return write.isLiveAt(parts.wallMillis().getAsLong());
  }

  private static <K, V> ArchiveEntry<K, V> entryOf(QueuedWrite<K, V> write) {
    return new ArchiveEntry<>(
        write.key(), write.valueOrNull(), SecondTier.QUEUED, write.timesOrNull());
  }

  ArchiveEntry<K, V> entry(K key) {
    QueuedWrite<K, V> write = find(key);
    if (write == null) {
      return archive.entry(key);
    }
    return isLive(write) ? entryOf(write) : null;
  }

  Map<K, ArchiveEntry<K, V>> entries(Set<? extends K> keys) {
    Map<K, ArchiveEntry<K, V>> found = new HashMap<>();
    Set<K> unqueued = new LinkedHashSet<>();
    for (K key : keys) {
      QueuedWrite<K, V> write = find(key);
      if (write == null) {
        unqueued.add(key);
      } else if (isLive(write)) {
        found.put(key, entryOf(write));
      }
    }
    if (!unqueued.isEmpty()) {
      found.putAll(archive.entries(unqueued));
    }
    return found;
  }

  boolean contains(K key) {
    QueuedWrite<K, V> write = find(key);
    return write == null ? archive.contains(key) : isLive(write);
  }

  ArchiveCursor<K, V> cursor() {
    Map<KeyBytes, QueuedWrite<K, V>> queued = queue.snapshot();
    return new Walk(List.copyOf(queued.values()), queued.keySet(), archive.cursor());
  }

  /** What was queued at the start, then what the archive has under other keys. */
  private final class Walk implements ArchiveCursor<K, V> {
    private final List<QueuedWrite<K, V>> queued;
    private final Set<KeyBytes> ids;
    private final ArchiveCursor<K, V> archived;
    private int next;

    Walk(List<QueuedWrite<K, V>> queued, Set<KeyBytes> ids, ArchiveCursor<K, V> archived) {
      this.queued = queued;
      this.ids = ids;
      this.archived = archived;
    }

    @Override
    public ArchiveEntry<K, V> next() {
      while (next < queued.size()) {
        QueuedWrite<K, V> write = queued.get(next++);
        if (isLive(write)) {
          return entryOf(write);
        }
      }
      ArchiveEntry<K, V> entry = archived.next();
      while (entry != null && !ids.isEmpty() && ids.contains(archive.keyBytes(entry.key()))) {
        entry = archived.next();
      }
      return entry;
    }

    @Override
    public void close() {
      archived.close();
    }
  }

  /** Queues a value, and returns {@link SecondTier#QUEUED}, or its version if it is written. */
  long put(K key, V value, RecordTimes times) {
    return offer(key, value, times) ? SecondTier.QUEUED : archive.put(key, value, times);
  }

  private boolean offer(K key, V valueOrNull, RecordTimes timesOrNull) {
    K kept = parts.keeping().apply(key);
    return queue.offer(new QueuedWrite<>(archive.keyBytes(kept), kept, valueOrNull, timesOrNull));
  }

  /** Removes an entry, and returns whether there was one. */
  boolean remove(K key) {
    QueuedWrite<K, V> write = find(key);
    boolean present = write == null ? isArchived(key) : isLive(write);
    if (present || write != null) {
      removeFound(key);
    }
    return present;
  }

  private boolean isArchived(K key) {
    try {
      return archive.contains(key);
    } catch (DamagedRecordException e) {
      return true; // it is to go, whatever it is
    }
  }

  /** Removes an entry without looking whether there is one. */
  void removeFound(K key) {
    if (!offer(key, null, null)) {
      archive.remove(key);
    }
  }

  ArchiveOutcome<K> putAllEntries(Map<K, TimedValue<V>> entries) {
    return each(
        entries.keySet(), key -> put(key, entries.get(key).value(), entries.get(key).times()));
  }

  ArchiveOutcome<K> removeAll(Set<K> keys) {
    return each(keys, this::removeFound);
  }

  private ArchiveOutcome<K> each(Set<K> keys, Consumer<K> change) {
    Set<K> done = new LinkedHashSet<>();
    Map<K, ArchiveException> failed = new LinkedHashMap<>();
    for (K key : keys) {
      try {
        change.accept(key);
        done.add(key);
      } catch (ArchiveException e) {
        failed.put(key, e);
      }
    }
    return new ArchiveOutcome<>(done, failed);
  }

  /** Gives an entry other times if it is there. */
  void touch(K key, long version, RecordTimes times) {
    QueuedWrite<K, V> write = find(key);
    if (write == null) {
      long known = known(key, version);
      if (known != SecondTier.QUEUED) {
        archive.touch(key, known, times);
      }
    } else if (!write.isRemoval()) {
      put(key, write.valueOrNull(), times);
    }
  }

  /** Removes an entry if it is there in that version. */
  void compareAndRemove(K key, long version) {
    if (find(key) != null) {
      removeFound(key);
      return;
    }
    long known = known(key, version);
    if (known != SecondTier.QUEUED) {
      archive.compareAndRemove(key, known);
    }
  }

  /** Returns the version that is meant, {@link SecondTier#QUEUED} if there is none. */
  private long known(K key, long version) {
    if (version > 0) {
      return version;
    }
    ArchiveEntry<K, V> entry = archive.entry(key);
    return entry == null ? SecondTier.QUEUED : entry.version();
  }

  /** Removes every entry, queued ones included; if that fails, what is queued stays so. */
  void clear() {
    queue.hold();
    boolean cleared = false;
    try {
      archive.clear();
      cleared = true;
    } finally {
      queue.release(cleared, false);
    }
  }

  /** Forgets what is queued, and ends the queue. */
  void discard() {
    queue.hold();
    queue.release(true, true);
  }

  /** Waits until everything queued is written; throws what is refused. */
  void flush() {
    throwIfAny(queue.flush());
  }

  /** Flushes, and ends the queue; if something is refused, throws, and nothing has changed. */
  void end() {
    throwIfAny(queue.end(false));
  }

  /**
   * Flushes, and ends the queue; returns what is refused, each key with its value, null for an
   * entry to be removed.
   */
  Map<K, V> endAnyway() {
    Map<K, V> left = new LinkedHashMap<>();
    queue.end(true).forEach(write -> left.put(write.key(), write.valueOrNull()));
    return left;
  }

  int size() {
    return queue.size();
  }

  long givenUp() {
    return queue.givenUp();
  }

  private void throwIfAny(List<QueuedWrite<K, V>> refused) {
    if (!refused.isEmpty()) {
      throw new ArchiveException(
          "%s: %d queued writes could not be written, first the %s; the cache keeps them, reads see them; see the cause, then dump again"
              .formatted(archive.name(), refused.size(), refused.get(0)),
          queue.lastRefusal());
    }
  }
}
