package io.klepto.jcache;

import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.DamagedRecordException;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.through.Fetched;
import io.klepto.jcache.through.Flights.Watch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.integration.CacheLoaderException;

/**
 * Entries on their way from the archive into memory, by klepto's verb {@code load}.
 *
 * <p>They are read in bulk, without any lock, and each is then put into memory under the lock of
 * its key, unless that key was changed since the reading began ({@link Watch}), or memory has it
 * newer. A key whose lock is taken is left to the end, where it is read anew under its lock; in a
 * cache that is coherent with other processes, all are, since each needs the stamp before it.
 *
 * <p>Memory is filled up to its bound and never over it: each entry that is new there takes one of
 * the places that were free at the beginning, and none if there is none.
 *
 * <p>One object for one work; its pieces may be done by several threads at once.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Loads<K, V> implements AutoCloseable {
  /** How many entries make a piece. */
  static final int PIECE = 128;

  private final Tiers<K, V> tiers;
  private final Changes<K, V> changes;
  private final long maxEntries;
  private final Watch watch;
  private final int attachment;
  private final AtomicLong places;
  private final FirstFailure failure = new FirstFailure(); // guarded by itself
  private final ConcurrentLinkedQueue<K> left = new ConcurrentLinkedQueue<>();

  /** Begins: what is changed from here on is not loaded over. */
  Loads(Tiers<K, V> tiers, Changes<K, V> changes, long maxEntries) {
    this.tiers = tiers;
    this.changes = changes;
    this.maxEntries = maxEntries;
    this.watch = tiers.flights.watch();
    this.attachment = tiers.place.attachmentNumber();
    this.places = new AtomicLong(Math.max(0, maxEntries - tiers.memory.size()));
  }

  private boolean isFull() {
    return places.get() <= 0 || tiers.memory.size() >= maxEntries;
  }

  /** Loads the next entries of a walk, until memory is full. */
  int piece(ArchiveCursor<K, V> cursor) {
    int count = 0;
    boolean more = true;
    while (more && count < PIECE && !isFull()) {
      try {
        ArchiveEntry<K, V> entry = tiers.place.next(cursor);
        more = entry != null;
        if (more) {
          bring(entry.key(), entry);
          count++;
        }
      } catch (CacheLoaderException e) {
        damaged(e); // the walk goes on behind it
        count++;
      }
    }
    return count == 0 ? -1 : count;
  }

  /** Loads the next keys of a walk, which is shared. */
  int piece(Iterator<? extends K> keys) {
    List<K> wanted = new ArrayList<>();
    int count = 0;
    synchronized (keys) {
      while (count < PIECE && keys.hasNext()) {
        K key = keys.next();
        count++;
        if (!isFull() || isInMemory(key)) {
          wanted.add(key);
        }
      }
    }
    if (!wanted.isEmpty()) {
      bringAll(wanted);
    }
    return count == 0 ? -1 : count;
  }

  private void bringAll(List<K> keys) {
    Map<K, ArchiveEntry<K, V>> entries;
    try {
      entries = tiers.place.readAll(new LinkedHashSet<>(keys));
    } catch (CacheLoaderException e) {
      requireDamage(e);
      left.addAll(keys); // one by one, so that the others come
      return;
    }
    entries.forEach(this::bring);
  }

  private void damaged(CacheLoaderException e) {
    requireDamage(e);
    synchronized (failure) {
      failure.add(e);
    }
  }

  private static void requireDamage(CacheLoaderException e) {
    if (!(e.getCause() instanceof DamagedRecordException)) {
      throw e;
    }
  }

  private boolean isInMemory(K key) {
    Node node = tiers.memory.find(tiers.keys.lookup(key));
    return node != null && tiers.live(node) != null;
  }

  private void bring(K key, ArchiveEntry<K, V> entry) {
    Object lookup = tiers.keys.lookup(key);
    Node node = tiers.coherent != null ? null : tiers.memory.tryLock(lookup);
    if (node == null) {
      left.add(key);
      return;
    }
    V before = tiers.raw(node);
    try {
      if (!watch.isChanged(lookup) && attachment == tiers.place.attachmentNumber()) {
        settle(node, Fetched.archived(entry));
      }
    } finally {
      tiers.memory.release(node, before);
    }
  }

  /** Puts an entry into memory unless it is newer there, or there is no room. */
  private void settle(Node node, Fetched<V> found) {
    if (changes.inMemory(node) == null) {
      if (places.getAndDecrement() > 0) {
        changes.adopt(node, found);
      }
    } else if (node.archivedIn() == attachment && node.archivedVersion() != found.version()) {
      changes.adopt(node, found);
    }
  }

  /** Loads what was left, and tells what could not be read. */
  void finish() {
    for (K key = left.poll(); key != null; key = left.poll()) {
      if (!isFull() || isInMemory(key)) {
        readLocked(key);
      }
    }
    failure.throwIfAny();
  }

  /** Reads and loads an entry under the lock of its key. */
  void readLocked(K key) {
    Node node = tiers.memory.lock(tiers.keys.lookup(key));
    V before = tiers.raw(node);
    try {
      boolean newerInMemory = changes.inMemory(node) != null && node.archivedIn() != attachment;
      Fetched<V> found = newerInMemory ? Fetched.nothing() : look(key);
      if (found.value() != null) {
        settle(node, found);
      }
    } catch (CacheLoaderException e) {
      damaged(e);
    } finally {
      tiers.memory.release(node, before);
    }
  }

  private Fetched<V> look(K key) {
    if (tiers.coherent != null) {
      return tiers.look(key);
    }
    ArchiveEntry<K, V> entry = tiers.place.read(key);
    return entry == null ? Fetched.nothing() : Fetched.archived(entry);
  }

  /** Ends the watch over changes. */
  @Override
  public void close() {
    watch.close();
  }
}
