package io.klepto.jcache;

import io.klepto.archive.ArchiveCursor;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.DamagedRecordException;
import io.klepto.jcache.entry.Node;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;

/**
 * A walk over the entries of a cache: those in memory, then those that only the archive has.
 *
 * <p>Weakly consistent (JSR-107 section 4.1.4): an entry that is there for the whole walk is seen
 * exactly once. Used by one thread. The archive's cursor is closed at the end of the walk, or by
 * whoever closes this; a walk that is abandoned leaves it to the garbage collector.
 *
 * <p>For an archived entry that can't be read {@link #next} throws; the walk goes on behind it with
 * the call after that.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>>, AutoCloseable {
  private final Tiers<K, V> tiers;
  private final Reads<K, V> reads;
  private final Consumer<K> remover;
  private final Iterator<Node> nodes;
  private final Set<Object> seen = new HashSet<>();
  private ArchiveCursor<K, V> cursor;
  private Found<K, V> next;
  private Found<K, V> current;

  /** An entry that was found, with its node if it is in memory; or why one can't be read. */
  private record Found<K, V>(K key, V value, Node node, CacheLoaderException failure) {}

  EntryIterator(Tiers<K, V> tiers, Reads<K, V> reads, Consumer<K> remover) {
    this.tiers = tiers;
    this.reads = reads;
    this.remover = remover;
    this.nodes = tiers.memory.nodes();
    this.next = findNext();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Cache.Entry<K, V> next() {
    if (next == null) {
      throw new NoSuchElementException("the walk over the cache is at its end");
    }
    if (next.failure() != null) {
      CacheLoaderException failure = next.failure();
      current = null;
      next = findNext();
      throw failure;
    }
    long start = tiers.statistics.startGet();
    current = next;
    if (current.node() != null && tiers.live(current.node()) != null) {
      tiers.accessed(current.node());
    }
    next = findNext();
    tiers.statistics.hit(start);
    return new CacheEntry<>(current.key(), tiers.give(current.value()));
  }

  /**
   * Gives the keys that are left to an action; not a use of the entries, and not counted. Passes
   * over damaged records, whose keys nobody knows.
   *
   * @return the failure for the first damaged record, or null
   * @throws CacheLoaderException if the archive fails otherwise
   */
  CacheLoaderException forEachKey(Consumer<K> action) {
    CacheLoaderException damage = null;
    while (next != null) {
      if (next.failure() == null) {
        action.accept(next.key());
      } else if (next.failure().getCause() instanceof DamagedRecordException) {
        damage = damage == null ? next.failure() : damage;
      } else {
        throw next.failure();
      }
      next = findNext();
    }
    return damage;
  }

  @Override
  public void remove() {
    if (current == null) {
      throw new IllegalStateException("no entry to remove: next() comes first, and once");
    }
    K key = current.key();
    current = null;
    remover.accept(key);
  }

  private Found<K, V> findNext() {
    while (nodes.hasNext()) {
      Node node = nodes.next();
      V value = tiers.live(node);
      if (value != null) {
        if (tiers.archive != null) {
          seen.add(node.key());
        }
        return new Found<>(tiers.keys.give(node.key()), value, node, null);
      } else if (tiers.archive != null && tiers.isExpired(node)) {
        reads.endIfExpired(node.key());
      }
    }
    return tiers.archive == null ? null : findArchived();
  }

  private Found<K, V> findArchived() {
    if (cursor == null) {
      cursor = tiers.archive.cursor();
    }
    while (cursor != null) {
      ArchiveEntry<K, V> entry;
      try {
        entry = tiers.archive.next(cursor);
      } catch (CacheLoaderException e) {
        return new Found<>(null, null, null, e);
      }
      if (entry == null) {
        close();
        return null;
      }
      if (!seen.contains(tiers.keys.lookup(entry.key()))) {
        return new Found<>(entry.key(), entry.value(), null, null);
      }
    }
    return null;
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }

  /** An entry as it was when it was found. */
  private record CacheEntry<K, V>(K getKey, V getValue) implements Cache.Entry<K, V> {
    @Override
    public <T> T unwrap(Class<T> type) {
      if (type.isInstance(this)) {
        return type.cast(this);
      }
      throw new IllegalArgumentException("cannot unwrap a cache entry to " + type.getName());
    }
  }
}
