package io.klepto.jcache;

import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.store.KeyHold;
import io.klepto.jcache.coherence.Stamp;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.through.Fetched;
import io.klepto.jcache.through.Flight;
import io.klepto.jcache.through.Flights.Claim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads of many entries at once: one batch at the archive, one at the application's loader.
 *
 * <p>Keys that others are fetching already are left to them; the own ones are claimed without
 * blocking, fetched, completed and installed, and only then are the others' waited for. So two bulk
 * reads with common keys can't wait for each other, and no key is fetched twice.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class BulkReads<K, V> {
  private static final int MOST_ROOM = 1 << 20; // more is made when it is filled

  private final Tiers<K, V> tiers;
  private final Reads<K, V> reads;
  private final Changes<K, V> changes;

  BulkReads(Tiers<K, V> tiers, Reads<K, V> reads, Changes<K, V> changes) {
    this.tiers = tiers;
    this.reads = reads;
    this.changes = changes;
  }

  /** Returns the values that there are, each under the key asked for; counts hits and misses. */
  Map<K, V> readAll(Set<? extends K> keys, long start) {
    Map<K, V> found = new HashMap<>((int) Math.min(MOST_ROOM, keys.size() * 4L / 3 + 1));
    Map<Object, K> missing = new LinkedHashMap<>();
    Map<K, Object> lookups = new LinkedHashMap<>();
    for (K key : keys) {
      Object lookup = tiers.keys.lookup(key);
      Node node = tiers.memory.find(lookup);
      V value = node == null ? null : tiers.live(node);
      if (value != null) {
        tiers.accessed(node);
        found.put(key, tiers.give(value));
      } else {
        if (node != null && tiers.timed) {
          reads.endIfExpired(lookup);
        }
        missing.putIfAbsent(lookup, key);
        lookups.put(key, lookup);
      }
    }
    int hits = found.size();
    if (tiers.canFetch() && !missing.isEmpty()) {
      Map<Object, Fetched<V>> fetched = fetchAll(missing, Behind.READ_THROUGH);
      for (Map.Entry<K, Object> asked : lookups.entrySet()) {
        Fetched<V> result = fetched.getOrDefault(asked.getValue(), Fetched.nothing());
        if (result.value() != null) {
          found.put(asked.getKey(), tiers.give(result.value()));
        }
        if (result.isArchived()) {
          hits++;
          tiers.statistics.loaded();
        }
      }
    }
    tiers.statistics.gets(hits, keys.size() - hits, start);
    return found;
  }

  /** Where a bulk read looks, and what it does with what is there. */
  private enum Behind {
    /** The archive, then the loader if the cache reads through. */
    READ_THROUGH,
    /** The archive, then the loader. */
    ARCHIVE_THEN_LOADER,
    /** The loader alone, replacing what is there. */
    LOADER_REPLACING
  }

  /**
   * Loads keys into memory: from the archive and then the loader; with {@code replace}, from the
   * loader alone if there is one, over what is there.
   */
  void loadAll(Set<? extends K> keys, boolean replace) {
    boolean replacing = replace && tiers.loader != null;
    Map<Object, K> wanted = new LinkedHashMap<>();
    for (K key : keys) {
      Object lookup = tiers.keys.lookup(key);
      Node node = tiers.memory.find(lookup);
      if (replacing || node == null || tiers.live(node) == null) {
        wanted.putIfAbsent(lookup, key);
      }
    }
    if (!wanted.isEmpty() && (tiers.archive != null || tiers.loader != null)) {
      fetchAll(wanted, replacing ? Behind.LOADER_REPLACING : Behind.ARCHIVE_THEN_LOADER);
    }
  }

  private Map<Object, Fetched<V>> fetchAll(Map<Object, K> wanted, Behind behind) {
    boolean keyByKey = tiers.readThrough && (tiers.loader.isKeyByKey() || tiers.computing != null);
    if (keyByKey && behind != Behind.LOADER_REPLACING) {
      return fetchEach(wanted);
    }
    Map<Object, Fetched<V>> results = new HashMap<>();
    Map<Object, Flight<V>> mine = new LinkedHashMap<>();
    Map<Object, Flight<V>> others = new LinkedHashMap<>();
    for (Object lookup : wanted.keySet()) {
      Claim<V> claim =
          behind == Behind.LOADER_REPLACING
              ? tiers.flights.claimAnew(lookup)
              : tiers.flights.claim(lookup);
      (claim.mine() ? mine : others).put(lookup, claim.flight());
    }
    try {
      results.putAll(fetchOwn(mine, wanted, behind));
    } catch (Throwable e) {
      mine.values().forEach(flight -> flight.fail(e));
      throw e;
    } finally {
      mine.forEach(tiers.flights::land);
    }
    for (Map.Entry<Object, Flight<V>> other : others.entrySet()) {
      results.put(other.getKey(), reads.joined(wanted.get(other.getKey()), other.getValue(), null));
    }
    return results;
  }

  /**
   * Fetches keys one after the other, none claimed while the loader of another runs; those that
   * others are at come last.
   */
  private Map<Object, Fetched<V>> fetchEach(Map<Object, K> wanted) {
    Map<Object, Fetched<V>> results = new HashMap<>();
    Map<Object, K> underWay = new LinkedHashMap<>();
    wanted.forEach(
        (lookup, key) -> {
          Fetched<V> fetched = reads.fetchUnlessUnderWay(key, lookup);
          if (fetched == null) {
            underWay.put(lookup, key);
          } else {
            results.put(lookup, fetched);
          }
        });
    underWay.forEach((lookup, key) -> results.put(lookup, reads.fetch(key, lookup)));
    return results;
  }

  private Map<Object, Fetched<V>> fetchOwn(
      Map<Object, Flight<V>> mine, Map<Object, K> wanted, Behind behind) {
    Map<Object, Fetched<V>> results = new HashMap<>();
    Map<K, Object> remaining = new LinkedHashMap<>();
    Map<K, Stamp> stamps = new HashMap<>();
    for (Object lookup : mine.keySet()) {
      remaining.put(wanted.get(lookup), lookup);
    }
    if (behind != Behind.LOADER_REPLACING) {
      takeArrived(remaining, results);
      takeArchived(remaining, results, stamps);
    }
    if (tiers.loader != null && (tiers.readThrough || behind != Behind.READ_THROUGH)) {
      takeLoaded(remaining, results, stamps);
    }
    for (Map.Entry<Object, Flight<V>> flight : mine.entrySet()) {
      flight.getValue().complete(results.getOrDefault(flight.getKey(), Fetched.nothing()));
    }
    install(mine, wanted, results, behind);
    return results;
  }

  private void takeArrived(Map<K, Object> remaining, Map<Object, Fetched<V>> results) {
    remaining
        .values()
        .removeIf(
            lookup -> {
              Node node = tiers.memory.find(lookup);
              V arrived = node == null ? null : tiers.live(node);
              if (arrived != null) {
                results.put(lookup, Fetched.loaded(arrived));
              }
              return arrived != null;
            });
  }

  private void takeArchived(
      Map<K, Object> remaining, Map<Object, Fetched<V>> results, Map<K, Stamp> stamps) {
    if (tiers.archive == null || remaining.isEmpty()) {
      return;
    }
    if (tiers.coherent != null) {
      remaining.keySet().forEach(key -> stamps.put(key, tiers.stampOf(key)));
    }
    Map<K, ArchiveEntry<K, V>> archived = tiers.archive.readAll(new HashSet<>(remaining.keySet()));
    archived.forEach(
        (key, entry) ->
            results.put(remaining.remove(key), Fetched.archived(entry).under(stamps.get(key))));
  }

  private void takeLoaded(
      Map<K, Object> remaining, Map<Object, Fetched<V>> results, Map<K, Stamp> stamps) {
    if (remaining.isEmpty()) {
      return;
    }
    Map<K, V> loaded = tiers.loader.loadAll(Set.copyOf(remaining.keySet()));
    loaded.forEach(
        (key, value) -> {
          Object lookup = remaining.get(key);
          if (lookup != null) {
            results.put(lookup, Fetched.loaded(value).under(stamps.get(key)));
          }
        });
  }

  private void install(
      Map<Object, Flight<V>> mine,
      Map<Object, K> wanted,
      Map<Object, Fetched<V>> results,
      Behind behind) {
    for (Map.Entry<Object, Flight<V>> flight : mine.entrySet()) {
      Object lookup = flight.getKey();
      Fetched<V> fetched = results.get(lookup);
      if (fetched == null) {
        continue;
      }
      if (behind == Behind.LOADER_REPLACING) {
        replace(wanted.get(lookup), lookup, flight.getValue(), fetched.value());
      } else {
        reads.install(wanted.get(lookup), lookup, flight.getValue(), fetched);
      }
    }
  }

  private void replace(K key, Object lookup, Flight<V> flight, V value) {
    Node node = tiers.memory.lock(lookup);
    V before = tiers.raw(node);
    KeyHold hold = null;
    try {
      hold = tiers.hold(key);
      if (!flight.isSuperseded()) {
        changes.store(node, key, value, changes.beforePut(node, key));
      }
    } finally {
      Tiers.letGo(hold);
      tiers.memory.release(node, before);
    }
  }
}
