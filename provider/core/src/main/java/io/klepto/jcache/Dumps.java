package io.klepto.jcache;

import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.through.Fetched;
import java.util.Iterator;
import java.util.Set;

/**
 * klepto's verbs between memory and archive: load, dump, sync.
 *
 * <p>An entry is dumped under the lock of its key, and only if it differs from the archive's. If
 * that fails for some, the others are dumped all the same, and the first failure is thrown then.
 * Loading fills memory up to its bound and never over it; an entry that memory has newer than the
 * archive stays. Deviation: klepto's {@code load} overfills a bounded cache, and overwrites what is
 * newer.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Dumps<K, V> {
  private final Tiers<K, V> tiers;
  private final Changes<K, V> changes;
  private final long maxEntries;

  Dumps(Tiers<K, V> tiers, long maxEntries) {
    this.tiers = tiers;
    this.changes = new Changes<>(tiers);
    this.maxEntries = maxEntries;
  }

  /** Brings entries of the archive into memory until memory is full. */
  void load() {
    ArchiveCursor<K, V> cursor = tiers.archive.cursor();
    if (cursor == null) {
      return;
    }
    try (cursor) {
      for (ArchiveEntry<K, V> entry = tiers.archive.next(cursor);
          entry != null && tiers.memory.size() < maxEntries;
          entry = tiers.archive.next(cursor)) {
        bring(entry.key());
      }
    }
  }

  /** Brings the entries of these keys into memory, those that the archive has. */
  void load(Set<? extends K> keys) {
    for (K key : keys) {
      if (tiers.memory.size() < maxEntries || isInMemory(key)) {
        bring(key);
      }
    }
  }

  private boolean isInMemory(K key) {
    Node node = tiers.memory.find(tiers.keys.lookup(key));
    return node != null && tiers.live(node) != null;
  }

  /**
   * Reads the entry under the lock of its key: what was read before may be replaced or removed by
   * now, and would come back.
   */
  private void bring(K key) {
    Node node = tiers.memory.lock(tiers.keys.lookup(key));
    V before = tiers.raw(node);
    try {
      boolean newerInMemory = changes.inMemory(node) != null && !isArchived(node);
      ArchiveEntry<K, V> entry = newerInMemory ? null : tiers.archive.read(key);
      if (entry != null) {
        changes.adopt(node, Fetched.archived(entry));
      }
    } finally {
      tiers.memory.release(node, before);
    }
  }

  /** Writes every entry of memory to the archive that differs from it there. */
  void dump() {
    FirstFailure failure = new FirstFailure();
    for (Iterator<Node> nodes = tiers.memory.nodes(); nodes.hasNext(); ) {
      Object lookup = nodes.next().key();
      failure.attempt(() -> dumpLocking(lookup));
    }
    failure.throwIfAny();
  }

  /** Writes the entries of these keys to the archive, those that memory has. */
  void dump(Set<? extends K> keys) {
    FirstFailure failure = new FirstFailure();
    for (K key : keys) {
      failure.attempt(() -> dumpLocking(tiers.keys.lookup(key)));
    }
    failure.throwIfAny();
  }

  private void dumpLocking(Object lookup) {
    Node node = tiers.memory.lockPresent(lookup);
    if (node != null) {
      V before = tiers.raw(node);
      try {
        dump(node);
      } finally {
        tiers.memory.release(node, before);
      }
    }
  }

  /**
   * Writes an entry to the archive if it differs from it there, or removes it there if it is over;
   * the caller holds the key's lock.
   */
  void dump(Node node) {
    V value = tiers.raw(node);
    if (value == null) {
      return;
    }
    if (tiers.isExpired(node)) {
      changes.removeExpired(node);
    } else if (!isArchived(node)) {
      int attachment = tiers.archive.attachmentNumber();
      long version = tiers.archive.write(keyOf(node), value, timesOf(node));
      node.setArchived(version == Store.ABSENT ? 0 : attachment, version);
    } else if (node.isDeadlineMoved()) {
      tiers.archive.touch(keyOf(node), node.archivedVersion(), timesOf(node));
      node.setArchived(node.archivedIn(), node.archivedVersion());
    }
  }

  private K keyOf(Node node) {
    return tiers.keys.give(node.key());
  }

  private RecordTimes timesOf(Node node) {
    return changes.timesFor(node.deadlineNanos());
  }

  private boolean isArchived(Node node) {
    return node.archivedIn() == tiers.archive.attachmentNumber();
  }

  /** Loads, then dumps. */
  void sync(boolean clearArchiveFirst) {
    if (clearArchiveFirst) {
      tiers.archive.clear();
    }
    load();
    dump();
  }
}
