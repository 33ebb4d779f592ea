package io.klepto.jcache;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.jcache.coherence.Stamp;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.expiry.ExpiryRules;
import io.klepto.jcache.through.Fetched;
import java.util.Iterator;
import java.util.OptionalLong;
import javax.cache.event.EventType;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;

/**
 * The changes of one entry, through all tiers: the application's writer, the archive, memory, then
 * the listeners.
 *
 * <p>The caller holds the lock of the key for the whole of each call. Whatever fails before memory
 * is changed leaves memory as it was; if it is the archive that fails, the entry leaves memory, so
 * that what the archive then holds is what everybody sees. Only what memory has newer than the
 * archive stays.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Changes<K, V> {
  private final Tiers<K, V> tiers;

  Changes(Tiers<K, V> tiers) {
    this.tiers = tiers;
  }

  /** Returns the value in memory, ending it first if it is over; null if there is none. */
  V inMemory(Node node) {
    if (tiers.isStale(node)) {
      node.setValue(null); // the archive is asked; whoever changed it there has told the listeners
      return null;
    }
    V value = tiers.raw(node);
    if (value != null && tiers.isExpired(node)) {
      expire(node, value);
      return null;
    }
    return value;
  }

  /**
   * Returns the value in memory or else in the archive, from where it comes into memory: for an
   * operation that counts what it finds as a hit.
   */
  V current(Node node, K key) {
    V value = inMemory(node);
    if (value == null) {
      value = inArchive(node, key);
      if (value != null) {
        tiers.statistics.loaded();
      }
    }
    return value;
  }

  /** Returns the value in memory or else in the archive, counting nothing. */
  V present(Node node, K key) {
    V value = inMemory(node);
    return value == null ? inArchive(node, key) : value;
  }

  private V inArchive(Node node, K key) {
    Fetched<V> found = tiers.look(key);
    if (found.value() != null) {
      adopt(node, found);
    }
    return found.value();
  }

  /** Brings an archived value into memory: no event, and the deadline that it has. */
  void adopt(Node node, Fetched<V> archived) {
    node.setDeadlineNanos(deadlineOf(archived.times()));
    node.setArchived(tiers.place.attachmentNumber(), archived.version());
    tiers.keys.begin(node.key(), archived.key());
    node.setValue(tiers.kept(archived.value(), archived.stamp()));
  }

  /** Returns the deadline in memory of an archived entry; asks no clock if there is none. */
  private long deadlineOf(RecordTimes times) {
    return times.deadlineMillis() == RecordTimes.NEVER
        ? ExpiryRules.FOREVER
        : ExpiryRules.deadlineOf(
            times, tiers.place.nowMillis(tiers.clock.wallMillis()), tiers.clock.nanos());
  }

  /**
   * Says that an entry of a coherent cache which memory alone had was dumped: the next read asks
   * the archive for it.
   */
  void restamp(Node node) {
    V value = tiers.raw(node);
    if (tiers.coherent != null && value != null) {
      node.setValue(tiers.kept(value, null));
    }
  }

  /**
   * Takes what a coherent cache has in memory for newer than the archive, which is about to be
   * emptied and filled from memory.
   */
  void keepInMemory() {
    for (Iterator<Node> nodes = tiers.memory.nodes(); tiers.coherent != null && nodes.hasNext(); ) {
      Node node = tiers.memory.lockPresent(nodes.next().key());
      if (node != null) {
        V before = tiers.raw(node);
        try {
          V value = inMemory(node);
          if (value != null) {
            node.setValue(tiers.kept(value, Stamp.IN_MEMORY));
            node.setArchived(0, Store.ABSENT);
          }
        } finally {
          tiers.memory.release(node, before);
        }
      }
    }
  }

  /** Ends an entry whose time is over. */
  private void expire(Node node, V value) {
    if (tiers.archive != null) {
      removeExpired(node);
    }
    node.setValue(null);
    if (tiers.events.listensTo(EventType.EXPIRED)) {
      tiers.events.expired(giveKey(node), tiers.give(value));
    }
  }

  /**
   * Removes what the archive has of an entry that is over, which could come back if it is an older
   * record, has a later deadline, or the wall clock is set back. A record that somebody else has
   * written since stays.
   */
  void removeExpired(Node node) {
    if (node.archivedIn() != tiers.place.attachmentNumber()) {
      tiers.place.remove(giveKey(node));
    } else {
      tiers.place.remove(giveKey(node), node.archivedVersion());
    }
  }

  /**
   * Returns what a put without a question has to know of the value before: it reads the archive
   * only if a listener or the expiry policy must tell creation from update, or the key under which
   * the entry was first put must be kept.
   */
  V beforePut(Node node, K key) {
    boolean tellApart =
        tiers.events.listensTo(EventType.CREATED)
            || tiers.events.listensTo(EventType.UPDATED)
            || !tiers.expiry.isEternal()
            || tiers.keys.areTransformed();
    return tellApart ? presentOrDamaged(node, key) : inMemory(node);
  }

  /** Returns what a removal without a question has to know: the archive only for listeners. */
  V beforeRemove(Node node, K key) {
    return tiers.events.listensTo(EventType.REMOVED) ? presentOrDamaged(node, key) : inMemory(node);
  }

  /**
   * Returns the value in memory or else in the archive, or null if its record there is damaged: for
   * an operation that replaces or removes it whatever it is.
   */
  V presentOrDamaged(Node node, K key) {
    try {
      return present(node, key);
    } catch (CacheLoaderException e) {
      if (e.getCause() instanceof DamagedRecordException) {
        return null;
      }
      throw e;
    }
  }

  /**
   * Creates or updates an entry, and tells the application's writer first.
   *
   * @param old the value before, null if there is none
   * @return whether the entry is there afterwards; it is not if it expired at once
   */
  boolean write(Node node, K key, V value, V old) {
    V kept = tiers.keep(value); // before the writer has it: a copy may fail
    if (tiers.writer != null) {
      tiers.writer.write(key, value);
    }
    return storeKept(node, key, kept, old);
  }

  /** Creates or updates an entry without telling the application's writer. */
  boolean store(Node node, K key, V value, V old) {
    return storeKept(node, key, tiers.keep(value), old);
  }

  /**
   * Creates an entry whose value was loaded or computed, if the archive has none. In a cache that
   * is not coherent nobody else writes, and that is known.
   */
  void storeLoaded(Node node, K key, V value) {
    V kept = tiers.keep(value);
    long duration = tiers.expiry.forCreation();
    if (tiers.coherent == null || duration == ExpiryRules.AT_ONCE) {
      storeKept(node, key, kept, null);
      return;
    }
    long deadline = tiers.deadlineAfter(duration);
    tiers.keys.begin(node.key(), key);
    Stamp before = tiers.stampOf(key);
    int attachment = tiers.archive.attachmentNumber();
    OptionalLong version = tiers.archive.writeIfAbsent(key, kept, timesFor(deadline));
    if (version.isPresent()) {
      boolean written = version.getAsLong() != Store.ABSENT;
      node.setArchived(written ? attachment : 0, version.getAsLong());
      install(node, kept, before.afterOwnChange(written), null, deadline);
    }
  }

  private boolean storeKept(Node node, K key, V kept, V old) {
    long duration = durationOf(old);
    if (duration == ExpiryRules.AT_ONCE) {
      endAtOnce(node, key, old);
      return false;
    }
    long deadline =
        duration == ExpiryRules.UNCHANGED ? node.deadlineNanos() : tiers.deadlineAfter(duration);
    if (old == null) {
      tiers.keys.begin(node.key(), key);
    }
    Stamp stamp = tiers.place == null ? null : archive(node, key, kept, timesFor(deadline));
    install(node, kept, stamp, old, deadline);
    return true;
  }

  /** Sets memory, after writer and archive have the value, and tells the listeners. */
  void install(Node node, V kept, Stamp stampOrNull, V old, long deadlineNanos) {
    if (tiers.timed) {
      node.setDeadlineNanos(deadlineNanos);
    }
    node.setValue(tiers.kept(kept, stampOrNull));
    if (stampOrNull != null) {
      stampOrNull.followed();
    }
    if (old != null) {
      tiers.memory.used(node);
    }
    tiers.supersede(node.key());
    announce(node, kept, old);
  }

  /** Returns how long a value may live that is written over another, or over none. */
  long durationOf(V old) {
    return old == null ? tiers.expiry.forCreation() : tiers.expiry.forUpdate();
  }

  /** Returns the times of a record that is over at the given moment of the cache's clock. */
  RecordTimes timesFor(long deadlineNanos) {
    long wallMillis = tiers.clock.wallMillis();
    return deadlineNanos == ExpiryRules.FOREVER
        ? RecordTimes.eternal(wallMillis)
        : ExpiryRules.timesFor(wallMillis, Math.max(0, deadlineNanos - tiers.clock.nanos()));
  }

  /** Writes to the archive; returns the stamp of the entry then, null if there are no stamps. */
  private Stamp archive(Node node, K key, V kept, RecordTimes times) {
    if (!tiers.place.takesWrites()) {
      node.setArchived(0, Store.ABSENT);
      return null;
    }
    Stamp before = tiers.stampOf(key);
    int attachment = tiers.archive.attachmentNumber();
    try {
      long version = tiers.archive.write(tiers.keys.original(node.key(), key), kept, times);
      node.setArchived(version == Store.ABSENT ? 0 : attachment, version);
      return before == null ? null : before.afterOwnChange(version != Store.ABSENT);
    } catch (CacheWriterException e) {
      unarchived(node);
      throw e;
    }
  }

  /** Settles memory after a change of the archive that failed: see the class comment. */
  void unarchived(Node node) {
    if (node.archivedIn() == tiers.archive.attachmentNumber()) {
      forget(node);
    }
  }

  /** Takes an entry out of memory without an event: memory must not contradict the archive. */
  void forget(Node node) {
    node.setValue(null);
    tiers.supersede(node.key());
  }

  /** Takes an entry out of archive and memory, whose new value is over as soon as it is there. */
  void endAtOnce(Node node, K key, V old) {
    if (tiers.archive != null) {
      removeFromArchive(node, key, old);
    }
    forget(node);
    if (old != null && tiers.events.listensTo(EventType.EXPIRED)) {
      tiers.events.expired(giveKey(node), tiers.give(old));
    }
  }

  private boolean removeFromArchive(Node node, K key, V old) {
    try {
      if (old == null) {
        return tiers.archive.remove(key);
      }
      tiers.archive.removeFound(key);
      return true;
    } catch (CacheWriterException e) {
      unarchived(node);
      throw e;
    }
  }

  /**
   * Removes an entry, and tells the application's writer first, whether or not there is one.
   *
   * @param old the value before as far as it is known, null if there is none or nobody looked
   * @return whether there was an entry
   */
  boolean delete(Node node, K key, V old) {
    if (tiers.writer != null) {
      tiers.writer.delete(key);
    }
    boolean archived = tiers.archive != null && removeFromArchive(node, key, old);
    removed(node, old);
    return old != null || archived;
  }

  /**
   * Takes an entry out of memory, after writer and archive have removed it; tells the listeners.
   */
  void removed(Node node, V old) {
    forget(node);
    if (old != null && tiers.events.listensTo(EventType.REMOVED)) {
      tiers.events.removed(giveKey(node), tiers.give(old));
    }
  }

  private void announce(Node node, V kept, V old) {
    if (tiers.events.isIdle()) {
      return;
    }
    if (old == null) {
      if (tiers.events.listensTo(EventType.CREATED)) {
        tiers.events.created(giveKey(node), tiers.give(kept));
      }
    } else if (tiers.events.listensTo(EventType.UPDATED)) {
      tiers.events.updated(giveKey(node), tiers.give(old), tiers.give(kept));
    }
  }

  private K giveKey(Node node) {
    return tiers.keys.give(node.key());
  }
}
