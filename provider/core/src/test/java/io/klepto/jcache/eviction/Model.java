package io.klepto.jcache.eviction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A policy as its definition has it, without regard to speed, together with the rounds of {@link
 * Eviction}; for one thread.
 */
abstract class Model {
  final Set<Integer> resident = new HashSet<>();
  final Set<Integer> locked = new HashSet<>();
  private final int maxEntries;
  private final int batch;
  private Integer newest;
  private boolean overfull;

  Model(int maxEntries, int batch) {
    this.maxEntries = maxEntries;
    this.batch = batch;
  }

  abstract void use(int key);

  abstract void add(int key);

  abstract void remove(int key);

  /** Returns the next victim that is neither locked nor gone; null if there is none. */
  abstract Integer victim(Integer newestKey);

  void endRound() {}

  /** Does a call, and returns the victims. */
  final List<Integer> call(int key) {
    if (resident.contains(key)) {
      use(key);
      return List.of();
    }
    resident.add(key);
    add(key);
    newest = key;
    return evict();
  }

  final List<Integer> removeEntry(int key) {
    forget(key);
    return evict();
  }

  final List<Integer> unlock(int key) {
    locked.remove(key);
    return overfull ? evict() : List.of();
  }

  private List<Integer> evict() {
    List<Integer> victims = new ArrayList<>();
    boolean met = evictRound(victims);
    if (!met && !overfull) {
      met = evictRound(victims);
    }
    overfull = !met;
    return victims;
  }

  private boolean evictRound(List<Integer> victims) {
    Integer spared = newest;
    while (resident.size() > maxEntries) {
      for (int i = 0; i < batch; i++) {
        Integer victim = victim(spared);
        if (victim == null) {
          endRound();
          return resident.size() <= maxEntries;
        }
        forget(victim);
        victims.add(victim);
      }
    }
    endRound();
    return true;
  }

  private void forget(Integer key) {
    resident.remove(key);
    remove(key);
    if (key.equals(newest)) {
      newest = null;
    }
  }
}
