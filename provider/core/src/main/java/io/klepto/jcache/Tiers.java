package io.klepto.jcache;

import io.klepto.jcache.copy.Copier;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.event.EventDispatcher;
import io.klepto.jcache.expiry.CacheClock;
import io.klepto.jcache.expiry.ExpiryRules;
import io.klepto.jcache.store.Keys;
import io.klepto.jcache.store.MemoryTier;
import io.klepto.jcache.through.Flights;
import io.klepto.jcache.through.SecondTier;
import io.klepto.jcache.through.UserLoader;
import io.klepto.jcache.through.UserWriter;

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

  /** The archive, or null. */
  final SecondTier<K, V> archive;

  /** The application's loader, or null. */
  final UserLoader<K, V> loader;

  /** Whether a miss asks the loader by itself. */
  final boolean readThrough;

  /** The application's writer, or null. */
  final UserWriter<K, V> writer;

  /** The loads and computations that are under way. */
  final Flights<V> flights = new Flights<>();

  /** Whether entries may expire: by this cache's policy, or by what the archive says of them. */
  final boolean timed;

  Tiers(TiersBuilder<K, V> builder) {
    this.keys = builder.keys;
    this.values = builder.values;
    this.memory = builder.memory;
    this.expiry = builder.expiry;
    this.clock = builder.clock;
    this.events = builder.events;
    this.statistics = builder.statistics;
    this.archive = builder.archive;
    this.loader = builder.loader;
    this.readThrough = builder.readThrough;
    this.writer = builder.writer;
    this.timed = builder.timed;
  }

  /** Returns the value of a node as it lies in memory, without looking at the time. */
  @SuppressWarnings("unchecked")
  V raw(Node node) {
    return (V) node.value();
  }

  /** Returns whether the value of a node is over. */
  boolean isExpired(Node node) {
    if (!timed) {
      return false;
    }
    long deadline = node.deadlineNanos();
    return deadline != ExpiryRules.FOREVER && clock.nanos() >= deadline;
  }

  /** Returns the value of a node if it is there and not over, otherwise null. */
  V live(Node node) {
    V value = raw(node);
    return value == null || isExpired(node) ? null : value;
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
    memory.used(node);
    touched(node);
  }

  /**
   * Gives an entry that was read by the caller the deadline that follows from that. The archive
   * learns of it when the entry is dumped.
   */
  void touched(Node node) {
    if (timed && expiry.readsMatter()) {
      long duration = expiry.forAccess();
      if (duration != ExpiryRules.UNCHANGED) {
        node.moveDeadlineNanos(ExpiryRules.deadline(clock.nanos(), duration));
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
