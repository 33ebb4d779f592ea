package io.klepto.jcache;

import io.klepto.archive.store.KeyHold;
import io.klepto.jcache.entry.Node;
import java.util.Objects;
import java.util.function.Function;

/**
 * The operations of JSR-107 on one key, each atomic: it holds the lock of its key from its first
 * look to its last change, and it counts what JSR-107's table of statistics says.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Operations<K, V> {
  private final Tiers<K, V> tiers;
  private final Reads<K, V> reads;
  private final Changes<K, V> changes;
  private final Counting statistics;

  Operations(Tiers<K, V> tiers, Reads<K, V> reads, Changes<K, V> changes) {
    this.tiers = tiers;
    this.reads = reads;
    this.changes = changes;
    this.statistics = tiers.statistics;
  }

  V get(K key) {
    long start = statistics.startGet();
    V value = reads.read(key, tiers.keys.lookup(key), start);
    return value == null ? null : tiers.give(value);
  }

  /** Does what {@link #get} does for a key that a look at memory did not give a value of. */
  V getBehind(K key, Node seen) {
    return reads.readSeen(key, tiers.keys.lookup(key), seen, statistics.startGet());
  }

  V getOrCompute(K key, Function<? super K, ? extends V> function) {
    long start = statistics.startGet();
    V value = reads.readOrCompute(key, tiers.keys.lookup(key), start, function);
    return value == null ? null : tiers.give(value);
  }

  /** What an operation does with a key that it has locked. */
  @FunctionalInterface
  private interface Locked<K, R> {
    R apply(Node node, K key);
  }

  private <R> R locked(K key, Locked<K, R> operation) {
    Node node = tiers.lock(tiers.keys.lookup(key));
    V before = tiers.raw(node);
    KeyHold hold = null;
    try {
      hold = tiers.hold(key);
      return operation.apply(node, key);
    } finally {
      Tiers.letGo(hold);
      tiers.memory.release(node, before);
    }
  }

  /** Returns the value in memory or archive, or null, and counts a hit or a miss. */
  private V find(Node node, K key, long start) {
    V value = changes.current(node, key);
    statistics.found(value != null, start);
    return value;
  }

  /** Creates or updates, and counts a put if the entry is there afterwards; returns whether. */
  private boolean write(Node node, K key, V value, V old, long start) {
    boolean written = changes.write(node, key, value, old);
    if (written) {
      statistics.put(start);
    }
    return written;
  }

  /** Removes, and counts a removal if there was an entry; returns whether. */
  private boolean delete(Node node, K key, V old, long start) {
    boolean removed = changes.delete(node, key, old);
    if (removed) {
      statistics.removal(start);
    }
    return removed;
  }

  boolean containsKey(K key) {
    Object lookup = tiers.keys.lookup(key);
    Node node = tiers.memory.find(lookup);
    if (node != null && tiers.live(node) != null) {
      return true;
    }
    if (tiers.archive == null) {
      return false;
    }
    if (node != null && tiers.isExpired(node)) {
      reads.endIfExpired(lookup);
    }
    return tiers.archive.contains(key);
  }

  void put(K key, V value) {
    long start = statistics.startPut();
    Node node = tiers.lock(tiers.keys.lookup(key));
    V before = tiers.raw(node);
    KeyHold hold = null;
    try {
      hold = tiers.hold(key);
      write(node, key, value, changes.beforePut(node, key), start);
    } finally {
      Tiers.letGo(hold);
      tiers.memory.release(node, before);
    }
  }

  V getAndPut(K key, V value) {
    long getStart = statistics.startGet();
    long putStart = statistics.startPut();
    return locked(
        key,
        (node, k) -> {
          V old = find(node, k, getStart);
          V given = old == null ? null : tiers.give(old);
          write(node, k, value, old, putStart);
          return given;
        });
  }

  boolean putIfAbsent(K key, V value) {
    long getStart = statistics.startGet();
    long putStart = statistics.startPut();
    return locked(
        key,
        (node, k) -> {
          V old = find(node, k, getStart);
          return old == null && write(node, k, value, null, putStart);
        });
  }

  boolean remove(K key) {
    long start = statistics.startRemoval();
    return locked(
        key,
        (node, k) -> {
          return delete(node, k, changes.beforeRemove(node, k), start);
        });
  }

  boolean remove(K key, V expected) {
    long getStart = statistics.startGet();
    long removalStart = statistics.startRemoval();
    return locked(
        key,
        (node, k) -> {
          V old = find(node, k, getStart);
          if (!matches(node, old, expected)) {
            return false;
          }
          return delete(node, k, old, removalStart);
        });
  }

  /** Returns whether the value is the expected one; one that differs has been read by that. */
  private boolean matches(Node node, V old, V expected) {
    if (old == null) {
      return false;
    }
    boolean same = Objects.equals(old, expected);
    if (!same) {
      tiers.accessed(node);
    }
    return same;
  }

  V getAndRemove(K key) {
    long getStart = statistics.startGet();
    long removalStart = statistics.startRemoval();
    return locked(
        key,
        (node, k) -> {
          V old = find(node, k, getStart);
          V given = old == null ? null : tiers.give(old);
          delete(node, k, old, removalStart);
          return given;
        });
  }

  boolean replace(K key, V expected, V value) {
    long getStart = statistics.startGet();
    long putStart = statistics.startPut();
    return locked(
        key,
        (node, k) -> {
          V old = find(node, k, getStart);
          if (!matches(node, old, expected)) {
            return false;
          }
          write(node, k, value, old, putStart);
          return true;
        });
  }

  V getAndReplace(K key, V value) {
    return replaceIfPresent(key, value, tiers::give);
  }

  boolean replace(K key, V value) {
    return replaceIfPresent(key, value, old -> true) != null;
  }

  /** Replaces the value if there is one, and returns the answer made of the one before, or null. */
  private <R> R replaceIfPresent(K key, V value, Function<V, R> answer) {
    long getStart = statistics.startGet();
    long putStart = statistics.startPut();
    return locked(
        key,
        (node, k) -> {
          V old = find(node, k, getStart);
          if (old == null) {
            return null;
          }
          R given = answer.apply(old);
          write(node, k, value, old, putStart);
          return given;
        });
  }
}
