package io.klepto.jcache;

import io.klepto.archive.store.KeyHold;
import io.klepto.jcache.coherence.Stamp;
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
    return readSeen(key, lookup, tiers.memory.find(lookup), start);
  }

  /** Does what {@link #read} does, given the node of the key in memory, null if there is none. */
  V readSeen(K key, Object lookup, Node node, long start) {
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
    return claim.mine()
        ? fly(key, lookup, claim.flight(), null)
        : joined(key, claim.flight(), null);
  }

  /**
   * Waits for another's flight. It may have begun, and looked behind memory, before a change that
   * was acknowledged before this read began: then the archive is asked again.
   */
  Fetched<V> joined(K key, Flight<V> flight, Function<? super K, ? extends V> function) {
    Fetched<V> fetched = flight.await();
    if (tiers.isCurrent(fetched)) {
      return fetched;
    }
    Fetched<V> found = tiers.look(key);
    if (found.value() != null) {
      return found;
    }
    boolean computed = !fetched.isArchived() && (function != null || tiers.computing != null);
    if (computed && fetched.value() != null) {
      return fetched;
    }
    return function == null && tiers.readThrough
        ? Fetched.loaded(tiers.loader.load(key)).under(found.stamp())
        : found;
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
      fetched =
          mine ? fly(key, lookup, claim.flight(), function) : joined(key, claim.flight(), function);
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
    KeyHold computing = null;
    try {
      Stamp stamp = tiers.stampOf(key);
      V arrived = arrivedMeanwhile(lookup);
      Fetched<V> fetched = arrived != null ? Fetched.loaded(arrived).under(stamp) : tiers.look(key);
      if (fetched.value() == null && (function != null || tiers.readThrough)) {
        if (tiers.computing != null) {
          computing = tiers.holdToCompute(key);
          fetched = tiers.look(key); // whoever had the key may have computed it
        }
        if (fetched.value() == null) {
          fetched = compute(key, function).under(fetched.stamp());
        }
      }
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
      Tiers.letGo(computing);
    }
  }

  private Fetched<V> compute(K key, Function<? super K, ? extends V> function) {
    return Fetched.loaded(function != null ? function.apply(key) : tiers.loader.load(key));
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
      return joined(key, flight, null);
    }
    try {
      Fetched<V> fetched = tiers.look(key);
      if (fetched.value() == null && tiers.readThrough) {
        fetched = compute(key, null).under(fetched.stamp());
      }
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

  /** Installs what was fetched, unless the key was changed meanwhile or has a value by now. */
  void install(K key, Object lookup, Flight<V> flight, Fetched<V> fetched) {
    Node node = tiers.memory.lock(lookup);
    V before = tiers.raw(node);
    KeyHold hold = null;
    try {
      hold = fetched.isArchived() ? null : tiers.hold(key);
      if (!flight.isSuperseded() && changes.inMemory(node) == null) {
        settle(node, key, fetched);
      }
    } finally {
      Tiers.letGo(hold);
      tiers.memory.release(node, before);
    }
  }

  private void settle(Node node, K key, Fetched<V> fetched) {
    if (fetched.isArchived()) {
      changes.adopt(node, fetched);
      tiers.touched(node);
    } else {
      // What others changed meanwhile may be this very key, and the load older than that. Where
      // each key is computed once for all processes, its value is a result and does not age.
      if (tiers.isCurrent(fetched) || (tiers.computing != null && fetched.stamp() != null)) {
        changes.storeLoaded(node, key, fetched.value());
      }
    }
  }
}
