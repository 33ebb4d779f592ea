package io.klepto.jcache;

import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.KeyHold;
import io.klepto.jcache.coherence.Coherent;
import io.klepto.jcache.coherence.HostLocks;
import io.klepto.jcache.coherence.Stamp;
import io.klepto.jcache.copy.Copier;
import io.klepto.jcache.copy.Copiers;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.event.EventDispatcher;
import io.klepto.jcache.eviction.BoundedNode;
import io.klepto.jcache.eviction.Eviction;
import io.klepto.jcache.expiry.CacheClock;
import io.klepto.jcache.expiry.ExpiryRules;
import io.klepto.jcache.store.Keys;
import io.klepto.jcache.store.MemoryTier;
import io.klepto.jcache.through.ArchiveCalls;
import io.klepto.jcache.through.Fetched;
import io.klepto.jcache.through.Flights;
import io.klepto.jcache.through.SecondTier;
import io.klepto.jcache.through.UserLoader;
import io.klepto.jcache.through.UserWriter;
import java.util.Collection;
import javax.cache.integration.CacheLoaderException;

/**
 * What one cache is made of. Parts that the configuration has no use for are null, so that nothing
 * is paid for them.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Tiers<K, V> {
  final Keys<K> keys;
  final Copier values;
  final MemoryTier memory;
  final ExpiryRules expiry;
  final CacheClock clock;
  final EventDispatcher<K, V> events;
  final Counting statistics;

  /** The archive as operations on entries see it, or null: also if it is for the verbs alone. */
  final SecondTier<K, V> archive;

  /** Where klepto's verbs find the archive, or null. */
  final SecondTier<K, V> place;

  /** Keeps memory in step with other processes that change the archive, or null. */
  final Coherent<K, V> coherent;

  /** The locks in the archive that go with that, or null. */
  private final HostLocks<K> changing;

  /** The locks in the archive of who computes an entry, or null. */
  final HostLocks<K> computing;

  /** The application's loader, or null. */
  final UserLoader<K, V> loader;

  /** Whether a miss asks the loader by itself. */
  final boolean readThrough;

  /** The application's writer, or null. */
  final UserWriter<K, V> writer;

  /** What the archive is told of reads, or null: it is told when entries are dumped. */
  private final Touches<K, V> touches;

  /** The loads and computations that are under way. */
  final Flights<V> flights = new Flights<>();

  /** Whether entries may expire: by this cache's policy, or by what the archive says of them. */
  final boolean timed;

  private final boolean readsMoveDeadlines;
  private final Eviction evictionOrNull;

  Tiers(TiersBuilder<K, V> builder) {
    this.keys = builder.keys;
    this.values = builder.values;
    this.memory = builder.memory;
    this.expiry = builder.expiry;
    this.clock = builder.clock;
    this.events = builder.events;
    this.statistics = builder.statistics;
    this.place = builder.archive;
    this.archive = place == null || place.isManual() ? null : place;
    this.coherent = builder.coherent;
    this.changing = builder.changing;
    this.computing = builder.computing;
    this.loader = builder.loader;
    this.readThrough = builder.readThrough;
    this.writer = builder.writer;
    this.timed = builder.timed;
    this.readsMoveDeadlines = timed && expiry.readsMatter();
    this.evictionOrNull = memory.evictionOrNull();
    this.touches = archive != null && archive.takesWrites() ? new Touches<>(this) : null;
  }

  /** Returns the deadline of a duration that begins now; asks no clock if there is none. */
  long deadlineAfter(long durationNanos) {
    return durationNanos == ExpiryRules.FOREVER
        ? ExpiryRules.FOREVER
        : ExpiryRules.deadline(clock.nanos(), durationNanos);
  }

  /** Returns the value of a node as it lies in memory, without looking at the time. */
  @SuppressWarnings("unchecked")
  V raw(Node node) {
    Object kept = node.value();
    return coherent == null ? (V) kept : coherent.value(kept);
  }

  /** Returns what a node keeps for a value that was read or written under a stamp. */
  Object kept(V value, Stamp stampOrNull) {
    return coherent == null ? value : coherent.keep(value, stampOrNull);
  }

  /** Returns whether others may have changed the entry since it came into memory. */
  boolean isStale(Node node) {
    return coherent != null && node.value() != null && !coherent.isCurrent(node.value());
  }

  /** Returns the stamp of a key before a look at the archive; null if there are no stamps. */
  Stamp stampOf(K key) {
    return coherent == null ? null : coherent.look(key);
  }

  /** Returns whether what was found behind memory is as new as every acknowledged change. */
  boolean isCurrent(Fetched<V> fetched) {
    return coherent == null || (fetched.stamp() != null && coherent.isCurrent(fetched.stamp()));
  }

  /** Reads the archive; without a value if it has none. */
  Fetched<V> look(K key) {
    if (archive == null) {
      return Fetched.nothing();
    }
    Stamp stamp = stampOf(key);
    ArchiveEntry<K, V> entry = archive.read(key);
    return (entry == null ? Fetched.<V>nothing() : Fetched.archived(entry)).under(stamp);
  }

  /**
   * Takes a key's lock in the archive for a change, if the cache is coherent; otherwise null.
   *
   * @throws javax.cache.CacheException if another process keeps it for too long
   */
  KeyHold hold(K key) {
    try {
      return changing == null ? null : changing.hold(key);
    } catch (ArchiveException e) {
      throw ArchiveCalls.writerException(e);
    }
  }

  /** Takes the locks of several keys likewise. */
  KeyHold holdAll(Collection<K> wanted) {
    try {
      return changing == null ? null : changing.holdAll(wanted);
    } catch (ArchiveException e) {
      throw ArchiveCalls.writerException(e);
    }
  }

  /** Waits for the right to compute a key; null if another process did not give it in time. */
  KeyHold holdToCompute(K key) {
    try {
      return computing.holdOrNull(key);
    } catch (ArchiveException e) {
      throw new CacheLoaderException(e.getMessage(), e);
    }
  }

  /** Gives a key's lock in the archive back; null is fine. */
  static void letGo(KeyHold holdOrNull) {
    if (holdOrNull != null) {
      holdOrNull.close();
    }
  }

  /** Returns whether the value of a node is over. */
  boolean isExpired(Node node) {
    if (!timed) {
      return false;
    }
    long deadline = node.deadlineNanos();
    return deadline != ExpiryRules.FOREVER && clock.isOver(deadline);
  }

  /**
   * Returns the value of a node if it is there, not over, and in a coherent cache not changed by
   * others, otherwise null.
   */
  @SuppressWarnings("unchecked")
  V live(Node node) {
    Object kept = node.value();
    if (kept == null || isExpired(node)) {
      return null;
    }
    if (coherent == null) {
      return (V) kept;
    }
    return coherent.isCurrent(kept) ? coherent.value(kept) : null;
  }

  /**
   * Returns whether a value in memory is what a read returns, if it is not over: keys and values
   * are as the caller has them, and nobody else changes them.
   */
  boolean hitsArePlain() {
    return values == Copiers.identity() && !keys.areTransformed() && place == null;
  }

  /** Returns a value as memory keeps it: independent of the caller's if by value. */
  @SuppressWarnings("unchecked")
  V keep(V value) {
    return (V) values.copy(value);
  }

  /** Returns a value as the caller gets it: independent of memory's if by value. */
  @SuppressWarnings("unchecked")
  V give(V value) {
    return (V) values.copy(value);
  }

  /** Returns whether a miss in memory is worth going on. */
  boolean canFetch() {
    return archive != null || readThrough;
  }

  /** Records that an entry was read by the caller: for eviction and for expiry. */
  void accessed(Node node) {
    if (evictionOrNull != null) {
      evictionOrNull.hit((BoundedNode) node);
    }
    touched(node);
  }

  /**
   * Gives an entry that was read by the caller the deadline that follows from that. The archive
   * learns of it as {@link Touches} says, or when the entry is dumped.
   */
  void touched(Node node) {
    if (readsMoveDeadlines) {
      long duration = expiry.forAccess();
      if (duration != ExpiryRules.UNCHANGED) {
        long deadline = ExpiryRules.deadline(clock.nanosOfRead(duration), duration);
        node.moveDeadlineNanos(deadline);
        if (touches != null) {
          touches.moved(node, deadline, duration);
        }
      }
    }
  }

  /**
   * Locks a key for a caller's change.
   *
   * @throws IllegalStateException if the current thread works on the key already: it has locked it,
   *     or is its loader
   */
  Node lock(Object lookupKey) {
    checkNotLoading(lookupKey);
    return memory.lock(lookupKey);
  }

  /** Refuses a change of a key by its loader. */
  void checkNotLoading(Object lookupKey) {
    flights.checkNotLoading(lookupKey);
  }

  /** Keeps a load of the key that is under way from installing its result. */
  void supersede(Object lookupKey) {
    flights.supersede(lookupKey);
  }
}
