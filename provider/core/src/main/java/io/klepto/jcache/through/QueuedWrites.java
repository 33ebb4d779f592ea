package io.klepto.jcache.through;

import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The writes of a queue, at most one of a key in each state: pending, in flight, or refused. Those
 * that are pending have places, in the order in which their keys were queued.
 *
 * <p>Not thread-safe: the {@link WriteQueue} that owns it has a lock.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class QueuedWrites<K, V> {
  private final LinkedHashMap<KeyBytes, Placed<K, V>> pending = new LinkedHashMap<>();
  private final LinkedHashMap<KeyBytes, Placed<K, V>> inFlight = new LinkedHashMap<>();
  private final LinkedHashMap<KeyBytes, QueuedWrite<K, V>> refused = new LinkedHashMap<>();
  private long lastPlace;

  /** A write and its place in the order of all. */
  private record Placed<K, V>(long place, QueuedWrite<K, V> write) {}

  /** Makes a write pending, in the place of one to its key that is, and of one that was refused. */
  void add(QueuedWrite<K, V> write) {
    refused.remove(write.id());
    Placed<K, V> before = pending.get(write.id());
    pending.put(write.id(), new Placed<>(before == null ? ++lastPlace : before.place(), write));
  }

  /** Returns whether a write to a key would take the place of another. */
  boolean hasPlaceFor(KeyBytes id) {
    return pending.containsKey(id) || refused.containsKey(id);
  }

  boolean isPending(KeyBytes id) {
    return pending.containsKey(id);
  }

  int pending() {
    return pending.size();
  }

  int inFlight() {
    return inFlight.size();
  }

  int refused() {
    return refused.size();
  }

  int size() {
    return pending.size() + inFlight.size() + refused.size();
  }

  /** Makes what was refused pending again, behind all others. */
  void retryRefused() {
    refused.values().forEach(write -> pending.put(write.id(), new Placed<>(++lastPlace, write)));
    refused.clear();
  }

  /** Returns what was refused, the oldest first. */
  List<QueuedWrite<K, V>> listRefused() {
    return List.copyOf(refused.values());
  }

  /** Returns the write of a key that comes last, or null if there is none. */
  QueuedWrite<K, V> find(KeyBytes id) {
    Placed<K, V> placed = pending.get(id);
    if (placed == null) {
      placed = inFlight.get(id);
    }
    return placed == null ? refused.get(id) : placed.write();
  }

  /** Returns the last write of each key that has one. */
  Map<KeyBytes, QueuedWrite<K, V>> snapshot() {
    Map<KeyBytes, QueuedWrite<K, V>> writes = new LinkedHashMap<>(refused);
    inFlight.forEach((id, placed) -> writes.put(id, placed.write()));
    pending.forEach((id, placed) -> writes.put(id, placed.write()));
    return writes;
  }

  /** Takes the writes that are pending longest into flight, and returns them. */
  List<QueuedWrite<K, V>> nextBatch(int most) {
    List<QueuedWrite<K, V>> batch = new ArrayList<>();
    Iterator<Map.Entry<KeyBytes, Placed<K, V>>> oldest = pending.entrySet().iterator();
    while (oldest.hasNext() && batch.size() < most) {
      Map.Entry<KeyBytes, Placed<K, V>> next = oldest.next();
      inFlight.put(next.getKey(), next.getValue());
      batch.add(next.getValue().write());
      oldest.remove();
    }
    return batch;
  }

  /** Lets go of a write in flight. */
  void land(QueuedWrite<K, V> write) {
    inFlight.remove(write.id());
  }

  /** Keeps a write that was in flight as refused, unless a later one to its key is pending. */
  void refuse(QueuedWrite<K, V> write) {
    inFlight.remove(write.id());
    if (!pending.containsKey(write.id())) {
      refused.put(write.id(), write);
    }
  }

  /** Returns the place that was given last. */
  long lastPlace() {
    return lastPlace;
  }

  /** Returns the lowest place of what is pending or in flight; the highest number if nothing is. */
  long oldestPlace() {
    long oldest = Long.MAX_VALUE;
    for (Placed<K, V> placed : inFlight.values()) {
      oldest = Math.min(oldest, placed.place());
    }
    return pending.isEmpty()
        ? oldest
        : Math.min(oldest, pending.values().iterator().next().place());
  }

  /** Forgets all that is not in flight. */
  void forget() {
    pending.clear();
    refused.clear();
  }
}
