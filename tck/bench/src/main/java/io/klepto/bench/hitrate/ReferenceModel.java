package io.klepto.bench.hitrate;

import io.klepto.jcache.config.EvictionPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A policy as its definition has it, with one victim at a time: which keys a cache would hold that
 * is asked for a key, and given it if it has not got it. Written with the JDK's collections alone,
 * apart from the policies of the provider, whose hit rates are compared with it. Costs O(log n) a
 * call at most, so that traces of millions of calls can be replayed; the models of the provider's
 * own tests look at all entries for each victim. Not thread-safe.
 */
@FunctionalInterface
interface ReferenceModel {
  /**
   * Asks for a key; returns whether it was there. From now on it is, unless the model has no room.
   */
  boolean ask(int key);

  /**
   * Makes the model of a policy, with no keys.
   *
   * @param entries how many it holds, at least 1; INF and NO don't care
   * @param seed where the choices of RR start
   */
  static ReferenceModel of(EvictionPolicy policy, int entries, long seed) {
    return switch (policy) {
      case LRU -> new Lru(entries);
      case LFU -> new Lfu(entries);
      case MRU -> new Mru(entries);
      case RR -> new Rr(entries, seed);
      case NO -> key -> false;
      case INF -> {
        Set<Integer> keys = new HashSet<>();
        yield key -> !keys.add(key);
      }
    };
  }

  /** The key whose last use is oldest goes. */
  final class Lru implements ReferenceModel {
    private final int entries;
    private final Map<Integer, Boolean> keys =
        new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

    Lru(int entries) {
      this.entries = entries;
    }

    @Override
    public boolean ask(int key) {
      if (keys.get(key) != null) {
        return true;
      }
      keys.put(key, true);
      if (keys.size() > entries) {
        Iterator<Integer> oldestFirst = keys.keySet().iterator();
        oldestFirst.next();
        oldestFirst.remove();
      }
      return false;
    }
  }

  /**
   * The key with the fewest uses since it came goes, among equals the one that came first. Coming
   * is a use. What has just come stays.
   */
  final class Lfu implements ReferenceModel {
    private record Count(int key, long uses, long arrival) {}

    private final int entries;
    private final Map<Integer, Count> counts = new HashMap<>();
    private final TreeSet<Count> order =
        new TreeSet<>(Comparator.comparingLong(Count::uses).thenComparingLong(Count::arrival));
    private long arrivals;

    Lfu(int entries) {
      this.entries = entries;
    }

    @Override
    public boolean ask(int key) {
      Count count = counts.get(key);
      if (count != null) {
        order.remove(count);
        keep(new Count(key, count.uses() + 1, count.arrival()));
        return true;
      }
      if (counts.size() == entries) {
        counts.remove(order.pollFirst().key());
      }
      keep(new Count(key, 1, ++arrivals));
      return false;
    }

    private void keep(Count count) {
      counts.put(count.key(), count);
      order.add(count);
    }
  }

  /**
   * The key goes that was used last before the one that comes: it is there always, as what is used
   * last is either hit or comes itself.
   */
  final class Mru implements ReferenceModel {
    private final int entries;
    private final Set<Integer> keys = new HashSet<>();
    private int last;

    Mru(int entries) {
      this.entries = entries;
    }

    @Override
    public boolean ask(int key) {
      boolean hit = keys.contains(key);
      if (!hit) {
        if (keys.size() == entries) {
          keys.remove(last);
        }
        keys.add(key);
      }
      last = key;
      return hit;
    }
  }

  /**
   * Any key goes with equal chance, what has just come included. Keys lie in a row: a new one comes
   * last, the place that a {@link SplittableRandom} draws becomes free, and the last moves there.
   */
  final class Rr implements ReferenceModel {
    private final int entries;
    private final SplittableRandom random;
    private final List<Integer> row = new ArrayList<>();
    private final Set<Integer> keys = new HashSet<>();

    Rr(int entries, long seed) {
      this.entries = entries;
      this.random = new SplittableRandom(seed);
    }

    @Override
    public boolean ask(int key) {
      if (!keys.add(key)) {
        return true;
      }
      row.add(key);
      if (row.size() > entries) {
        int place = random.nextInt(row.size());
        int last = row.remove(row.size() - 1);
        if (place == row.size()) {
          keys.remove(last);
        } else {
          keys.remove(row.set(place, last));
        }
      }
      return false;
    }
  }
}
