package io.klepto.jcache.eviction;

import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.jfr.RecordedEvictions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A memory tier that is nothing but a map: what {@link Eviction} is tested with. */
final class Table implements Victims {
  static final RecordedEvictions UNTOLD = new RecordedEvictions("test", EvictionPolicy.LRU);

  final Map<Integer, BoundedNode> nodes = new ConcurrentHashMap<>();

  /** Keys of victims, in order. */
  final List<Integer> evicted = Collections.synchronizedList(new ArrayList<>());

  final Evictor evictor;
  final Eviction eviction;

  Table(Evictor evictor, int maxEntries, int batch) {
    this.evictor = evictor;
    this.eviction = new Eviction(evictor, maxEntries, batch, UNTOLD, this);
  }

  @Override
  public boolean evict(BoundedNode node) {
    if (!node.tryLock()) {
      return false;
    }
    drop(node);
    evicted.add((Integer) node.key());
    return true;
  }

  boolean has(int key) {
    return nodes.containsKey(key);
  }

  /** Reads or creates an entry, like one call of a cached function. */
  void call(int key) {
    BoundedNode node = nodes.get(key);
    if (node != null) {
      eviction.hit(node);
      return;
    }
    BoundedNode created = new BoundedNode(key);
    created.setValue(key);
    if (nodes.putIfAbsent(key, created) == null) {
      created.unlock();
      eviction.added(created);
    }
  }

  void calls(int... keys) {
    for (int key : keys) {
      call(key);
    }
  }

  /** Removes an entry; returns false if there is none, or its key is locked. */
  boolean remove(int key) {
    BoundedNode node = nodes.get(key);
    if (node == null || !node.tryLock()) {
      return false;
    }
    drop(node);
    eviction.removed(node);
    return true;
  }

  /** Locks the key of an entry; returns false if there is none, or its key is locked. */
  boolean lock(int key) {
    BoundedNode node = nodes.get(key);
    return node != null && node.tryLock();
  }

  /** Frees the key of an entry, the way the memory tier has to. */
  void unlock(int key) {
    nodes.get(key).unlock();
    if (eviction.isOverfull()) {
      eviction.settle();
    }
  }

  /** Takes the victims since the last time. */
  List<Integer> takeEvicted() {
    List<Integer> taken = List.copyOf(evicted);
    evicted.clear();
    return taken;
  }

  private void drop(BoundedNode node) {
    nodes.remove((Integer) node.key(), node);
    node.retire();
  }
}
