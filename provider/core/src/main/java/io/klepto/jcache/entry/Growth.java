package io.klepto.jcache.entry;

import io.klepto.jcache.entry.NodeTable.Forward;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A table on its way to twice the number of slots, chain by chain: whoever adds a node moves the
 * next few, so that no single call pays for all. Since each addition moves more chains than it adds
 * nodes, the way ends long before the next size is full.
 *
 * <p>A chain is moved under the monitor of its stripe. Its slot becomes a {@link Forward} first,
 * which keeps additions away from it; then its nodes are relinked into two chains of their own,
 * which are published in the larger table before the monitor is given back. Whoever meets the
 * Forward waits for the monitor.
 *
 * <p>Nothing is moved until the larger array is there ({@link Allocator}); until then, and if there
 * is no memory for it, chains get longer than they should.
 *
 * <p>Safe for use by many threads: {@code target} is written last of what begins the way, and read
 * first by who helps.
 */
final class Growth {
  private static final int CHAINS_AT_ONCE = 64;
  private static final int MAX_SLOTS = 1 << 30;

  private final NodeTable table;
  private final Node[] from;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger moved = new AtomicInteger();
  private Forward forward;
  private volatile Node[] target;

  /** Makes the arrays of tables. */
  @FunctionalInterface
  interface Allocator {
    /**
     * Makes an array and calls {@link #begin} with it, or if there is no memory, {@link #refuse};
     * in the current thread or another.
     */
    void allocate(int slots, Growth growth);
  }

  Growth(NodeTable table, Node[] from) {
    this.table = table;
    this.from = from;
  }

  /** Lets chains be moved into an array of twice the length. */
  void begin(Node[] larger) {
    forward = new Forward(larger);
    target = larger;
  }

  /** Gives up. */
  void refuse() {
    table.postpone(this);
  }

  /** Returns whether a table with that many slots is full. */
  static boolean isDue(int slots, long nodes) {
    return slots < MAX_SLOTS && nodes > slots - (slots >>> 2);
  }

  /** Moves some chains, if there are any that nobody has taken on. */
  void help() {
    if (target == null || next.get() >= from.length) {
      return;
    }
    int begin = next.getAndAdd(CHAINS_AT_ONCE);
    if (begin >= from.length) {
      return;
    }
    int end = Math.min(from.length, begin + CHAINS_AT_ONCE);
    for (int slot = begin; slot < end; slot++) {
      move(slot);
    }
    if (moved.addAndGet(end - begin) == from.length) {
      table.grown(this, target);
    }
  }

  private void move(int slot) {
    synchronized (table.monitor(slot)) {
      Node node = NodeTable.getAndSetSlot(from, slot, forward);
      Node low = null;
      Node high = null;
      while (node != null) {
        Node following = node.next();
        if ((node.hash() & from.length) == 0) {
          node.setNext(low);
          low = node;
        } else {
          node.setNext(high);
          high = node;
        }
        node = following;
      }
      NodeTable.setSlot(target, slot, low);
      NodeTable.setSlot(target, slot + from.length, high);
    }
  }
}
