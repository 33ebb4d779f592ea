package io.klepto.jcache.eviction;

import io.klepto.jcache.entry.Node;

/**
 * A node of a bounded cache: what a policy keeps with an entry, in 16 bytes for all policies.
 *
 * <p>{@code use} is written by whoever records a hit, without a lock, and may lag behind when many
 * threads do so at once. {@code slot} is guarded by the lock of the cache's {@link Eviction}; a
 * racing reader of it gets a hint. {@code pending} belongs to {@link Gate}.
 */
public class BoundedNode extends Node {
  /** When (LRU), how often (LFU), or in which epoch (MRU) the entry was used last. RR: nothing. */
  long use;

  /** 0 while no policy tracks the node; else its place in the policy's table (MRU, RR), or 1. */
  int slot;

  /**
   * The node beneath this one on the stack of pending nodes, this itself at the bottom, or null.
   */
  BoundedNode pending;

  /** Makes a placeholder that the current thread has locked already. */
  public BoundedNode(Object key) {
    super(key);
  }
}
