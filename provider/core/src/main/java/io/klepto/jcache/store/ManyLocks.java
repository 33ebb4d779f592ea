package io.klepto.jcache.store;

import io.klepto.jcache.entry.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Takes the locks of many keys. When a lock is taken by another, all that were got so far are given
 * back before the thread waits: nobody waits while it holds something that another may wait for.
 *
 * <p>For one thread and one use.
 */
final class ManyLocks {
  private final MemoryTier memory;
  private final Collection<?> keys;
  private final List<Node> held;

  ManyLocks(MemoryTier memory, Collection<?> distinctKeys) {
    this.memory = memory;
    this.keys = distinctKeys;
    this.held = new ArrayList<>(distinctKeys.size());
  }

  /** Returns the locked nodes, in the order of the keys. */
  List<Node> take() {
    Object awaited = null;
    while (true) {
      Node first = awaited == null ? null : memory.lock(awaited);
      Object refused = takeOthers(awaited, first);
      if (refused == null && !memory.isClosed()) {
        return held;
      }
      giveBack(first);
      if (memory.isClosed()) {
        throw new IllegalStateException("the cache is closed");
      }
      held.clear();
      awaited = refused;
    }
  }

  /** Takes what is free, in order; returns the first key that is not, or null. */
  private Object takeOthers(Object awaited, Node first) {
    try {
      for (Object key : keys) {
        Node node = key == awaited ? first : memory.tryLock(key);
        if (node == null) {
          return key;
        }
        held.add(node);
      }
      return null;
    } catch (Throwable e) {
      giveBackAfter(e, first);
      throw e;
    }
  }

  private void giveBack(Node first) {
    List<Node> given = new ArrayList<>(held);
    if (first != null && !held.contains(first)) {
      given.add(first);
    }
    memory.releaseAll(given, given.stream().map(Node::value).toList());
  }

  private void giveBackAfter(Throwable cause, Node first) {
    try {
      giveBack(first);
    } catch (RuntimeException | Error e) {
      cause.addSuppressed(e);
    }
  }
}
