package io.klepto.jcache.eviction;

/** The table that entries are evicted from, as {@link Eviction} sees it. */
@FunctionalInterface
public interface Victims {
  /**
   * Evicts one entry if it is not in use: tries the lock of its node, and if that is free, drops
   * the node from the table and retires it.
   *
   * <p>Called under the lock of the {@link Eviction}: must not wait for the lock of a key, nor for
   * anything that a thread may hold that calls {@link Eviction#added} or {@link Eviction#removed}.
   * If it frees the lock of a node that it has not evicted, it must not call {@link
   * Eviction#settle} for that. It may throw: then the node has to be as it was.
   *
   * @return false, with nothing changed, if the lock is taken or the node is retired already
   */
  boolean evict(BoundedNode node);
}
