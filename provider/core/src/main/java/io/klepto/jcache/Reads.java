package io.klepto.jcache;

import io.klepto.archive.ArchiveEntry;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.through.Fetched;
import io.klepto.jcache.through.Flight;
import io.klepto.jcache.through.Flights.Claim;
import io.klepto.jcache.through.StackReserve;
import java.util.function.Function;

/**
 * Reads of one entry: memory, then the archive, then the application's loader, each key fetched
 * once at a time.
 *
 * <p>A hit takes no lock. A miss claims the flight of its key, fetches without holding any lock,
 * gives the result to who waits, and installs it under the key's lock unless the key was changed
 * meanwhile.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Reads<K, V> {
  /** The time to fetch from behind memory is not part of the time of a get. */
  private static final long UNTIMED = 0;

  private final Tiers<K, V> tiers;
  private final Changes<K, V> changes;

  Reads(Tiers<K, V> tiers, Changes<K, V> changes) {
    this.tiers = tiers;
    this.changes = changes;
  }

  /**
   * Returns the value of a key as memory keeps it or as it was fetched; null if there is none.
   * Counts the hit or the miss.
   */
  V read(K key, Object lookup, long start) {
    Node node = tiers.memory.find(lookup);
    if (node != null) {
      V value = tiers.live(node);
      if (value != null) {
        tiers.accessed(node);
        tiers.statistics.hit(start);
        return value;
      }
    }
    return readBehind(key, lookup, node, start);
  }

  private V readBehind(K key, Object lookup, Node seen, long start) {
    if (seen != null && tiers.timed) {
      endIfExpired(lookup);
    }
    if (!tiers.canFetch()) {
      tiers.statistics.miss(start);
      return null;
    }
    Fetched<V> fetched = fetch(key, lookup);
    tiers.statistics.found(fetched.isArchived(), UNTIMED);
    if (fetched.isArchived()) {
      tiers.statistics.loaded();
    }
    return fetched.value();
  }

  /** Ends the entry of a key if its time is over: memory is freed and the listeners are told. */
  void endIfExpired(Object lookup) {
    Node node = tiers.memory.lockPresent(lookup);
    if (node != null) {
      V before = tiers.raw(node);
      try {
        changes.inMemory(node);
      } finally {
        tiers.memory.release(node, before);
      }
    }
  }

  /** Fetches a key from behind memory, or waits for who does; installs the result. */
  Fetched<V> fetch(K key, Object lookup) {
    Claim<V> claim = tiers.flights.claim(lookup);
    return claim.mine() ? fly(key, lookup, claim.flight(), null) : claim.flight().await();
  }

  /** Fetches a key and installs the result, or returns null at once if somebody else is at it. */
  Fetched<V> fetchUnlessUnderWay(K key, Object lookup) {
    Claim<V> claim = tiers.flights.claim(lookup);
    return claim.mine() ? fly(key, lookup, claim.flight(), null) : null;
  }

  /**
   * Returns the value of a key as memory or archive have it, or else as the function computes it;
   * null if that gives null. Counts the hit or the miss, but nothing if the function fails.
   */
  V readOrCompute(K key, Object lookup, long start, Function<? super K, ? extends V> function) {
    Node node = tiers.memory.find(lookup);
    if (node != null) {
      V value = tiers.live(node);
      if (value != null) {
        tiers.accessed(node);
        tiers.statistics.hit(start);
        return value;
      }
    }
    return compute(key, lookup, node, function);
  }

  private V compute(K key, Object lookup, Node seen, Function<? super K, ? extends V> function) {
    if (seen != null && tiers.timed) {
      endIfExpired(lookup);
    }
    StackReserve.require();
    Fetched<V> fetched;
    boolean mine;
    do {
      Claim<V> claim = tiers.flights.claim(lookup);
      mine = claim.mine();
      fetched = mine ? fly(key, lookup, claim.flight(), function) : claim.flight().await();
      // Who only looked behind memory may have found nothing: then it is this thread's turn.
    } while (fetched.value() == null && !mine);
    tiers.statistics.found(fetched.isArchived(), UNTIMED);
    if (fetched.isArchived()) {
      tiers.statistics.loaded();
    }
    return fetched.value();
  }

  /**
   * Fetches a key and installs the result.
   *
   * @param function computes what the archive does not have; null to ask the loader
   */
  private Fetched<V> fly(
      K key, Object lookup, Flight<V> flight, Function<? super K, ? extends V> function) {
    try {
      V arrived = arrivedMeanwhile(lookup);
      Fetched<V> fetched = arrived != null ? Fetched.loaded(arrived) : lookBehind(key, function);
      flight.complete(fetched);
      if (arrived == null && fetched.value() != null) {
        install(key, lookup, flight, fetched);
      }
      return fetched;
    } catch (Throwable e) {
      flight.fail(e);
      throw e;
    } finally {
      tiers.flights.land(lookup, flight);
    }
  }

  /**
   * Fetches a key whose lock the current thread holds, in the midst of an operation that may change
   * it. What comes from the archive is brought into memory; what comes from the loader is left to
   * the operation.
   */
  Fetched<V> fetchLocked(Node node, K key) {
    Object lookup = node.key();
    Claim<V> claim = tiers.flights.claim(lookup);
    Flight<V> flight = claim.flight();
    if (!claim.mine()) {
      return flight.await();
    }
    try {
      Fetched<V> fetched = lookBehind(key, null);
      flight.complete(fetched);
      return fetched;
    } catch (Throwable e) {
      flight.fail(e);
      throw e;
    } finally {
      tiers.flights.land(lookup, flight);
    }
  }

  private V arrivedMeanwhile(Object lookup) {
    Node node = tiers.memory.find(lookup);
    return node == null ? null : tiers.live(node);
  }

  private Fetched<V> lookBehind(K key, Function<? super K, ? extends V> function) {
    if (tiers.archive != null) {
      ArchiveEntry<K, V> entry = tiers.archive.read(key);
      if (entry != null) {
        return Fetched.archived(entry);
      }
    }
    if (function != null) {
      return Fetched.loaded(function.apply(key));
    }
    return tiers.readThrough ? Fetched.loaded(tiers.loader.load(key)) : Fetched.nothing();
  }

  /** Installs what was fetched, unless the key was changed meanwhile or has a value by now. */
  void install(K key, Object lookup, Flight<V> flight, Fetched<V> fetched) {
    Node node = tiers.memory.lock(lookup);
    V before = tiers.raw(node);
    try {
      if (!flight.isSuperseded() && changes.inMemory(node) == null) {
        settle(node, key, fetched);
      }
    } finally {
      tiers.memory.release(node, before);
    }
  }

  private void settle(Node node, K key, Fetched<V> fetched) {
    if (fetched.isArchived()) {
      changes.adopt(node, fetched);
      tiers.touched(node);
    } else {
      changes.store(node, key, fetched.value(), null);
    }
  }
}
