package io.klepto.jcache.eviction;

import java.util.Arrays;

/**
 * A doubly linked list of nodes, the most recently used first.
 *
 * <p>The links are numbers of slots, in arrays: {@code slot} of a node says which is its own. Slot
 * 0 is both ends of the list. Free slots hang on the {@code older} links. Every operation is O(1).
 * Not thread-safe.
 */
final class RecencyList extends Padding {
  /** The slot that no node has: before the first and behind the last. */
  static final int END = 0;

  private BoundedNode[] nodes = new BoundedNode[16];
  private int[] newer = new int[16];
  private int[] older = new int[16];
  private int free = END;
  private int used = 1;
  private int size;

  int size() {
    return size;
  }

  /** Returns the node of a slot; null if the slot is free. */
  BoundedNode node(int slot) {
    return nodes[slot];
  }

  /** Returns the slot of the next older node; that of the newest, given {@link #END}. */
  int older(int slot) {
    return older[slot];
  }

  /** Puts a node in front. */
  void add(BoundedNode node) {
    int slot = free;
    if (slot != END) {
      free = older[slot];
    } else {
      slot = used;
      if (slot == nodes.length) {
        int length = Slots.grown(slot);
        nodes = Arrays.copyOf(nodes, length);
        newer = Arrays.copyOf(newer, length);
        older = Arrays.copyOf(older, length);
      }
      used++;
    }
    nodes[slot] = node;
    node.slot = slot;
    size++;
    linkFirst(slot);
  }

  /** Takes a node out. */
  void remove(BoundedNode node) {
    int slot = node.slot;
    unlink(slot);
    nodes[slot] = null;
    node.slot = 0;
    size--;
    older[slot] = free;
    free = slot;
  }

  /** Moves the node of a slot, if there is one, to the front. */
  void moveFirst(int slot) {
    if (nodes[slot] != null && older[END] != slot) {
      unlink(slot);
      linkFirst(slot);
    }
  }

  private void linkFirst(int slot) {
    int second = older[END];
    newer[slot] = END;
    older[slot] = second;
    newer[second] = slot;
    older[END] = slot;
  }

  private void unlink(int slot) {
    older[newer[slot]] = older[slot];
    newer[older[slot]] = newer[slot];
  }
}
