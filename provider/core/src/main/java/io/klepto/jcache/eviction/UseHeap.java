package io.klepto.jcache.eviction;

import java.util.Arrays;

/**
 * A heap of nodes by the use that was recorded when they were pushed, least first; among equals, if
 * asked for, by arrival.
 *
 * <p>The keys lie in arrays beside the nodes, so that moving an entry touches no node. Each entry
 * has four children, whose keys are neighbours in memory: half the levels of a binary heap. The gap
 * that a pop leaves goes down to a leaf along the least children, without looking at the entry that
 * will fill it: that one comes from the end and belongs far down. Push and pop cost O(log n). Not
 * thread-safe.
 */
final class UseHeap extends Padding {
  private static final int INITIAL = 16;
  private static final int CHILDREN = 4;

  private BoundedNode[] nodes = new BoundedNode[INITIAL];
  private long[] uses = new long[INITIAL];
  private long[] arrivals;
  private int length;
  private long poppedArrival;

  /** Makes an empty heap, which keeps and compares arrivals only if told to. */
  UseHeap(boolean byArrival) {
    this.arrivals = byArrival ? new long[INITIAL] : null;
  }

  int length() {
    return length;
  }

  /** Adds a node. */
  void push(BoundedNode node, long use, long arrival) {
    if (length == nodes.length) {
      resize(Slots.grown(length));
    }
    siftUp(length++, 0, node, use, arrival);
  }

  /** Takes the least node out of the heap, which is not empty. */
  BoundedNode pop() {
    BoundedNode top = nodes[0];
    poppedArrival = arrival(0);
    int last = --length;
    BoundedNode node = nodes[last];
    nodes[last] = null;
    if (last > 0) {
      siftDown(0, node, uses[last], arrival(last));
    }
    return top;
  }

  /** Returns the arrival of the node that was popped last; 0 if arrivals are not kept. */
  long poppedArrival() {
    return poppedArrival;
  }

  /** Returns whether there is a node whose keys come before the given ones. */
  boolean hasLess(long use, long arrival) {
    return length > 0 && less(uses[0], arrival(0), use, arrivals == null ? 0 : arrival);
  }

  /** Drops the nodes that no policy tracks, and brings the keys of the others up to date. */
  void refresh() {
    int live = 0;
    for (int i = 0; i < length; i++) {
      BoundedNode node = nodes[i];
      if (node.slot != 0) {
        set(live++, node, node.use, arrival(i));
      }
    }
    Arrays.fill(nodes, live, length, null);
    length = live;
    if (live < nodes.length / 4) {
      resize(Math.max(INITIAL, live * 2));
    }
    for (int i = (live + CHILDREN - 2) / CHILDREN - 1; i >= 0; i--) {
      siftDown(i, nodes[i], uses[i], arrival(i));
    }
  }

  /** Puts an entry where it belongs in the part of the heap below {@code top}. */
  private void siftDown(int top, BoundedNode node, long use, long arrival) {
    int gap = top;
    int first = CHILDREN * gap + 1;
    while (first < length) {
      int least = leastOf(first, Math.min(first + CHILDREN, length));
      copy(least, gap);
      gap = least;
      first = CHILDREN * gap + 1;
    }
    siftUp(gap, top, node, use, arrival);
  }

  private int leastOf(int first, int end) {
    int least = first;
    long leastUse = uses[first];
    for (int i = first + 1; i < end; i++) {
      long use = uses[i];
      if (use < leastUse || (use == leastUse && arrival(i) < arrival(least))) {
        least = i;
        leastUse = use;
      }
    }
    return least;
  }

  private void siftUp(int gap, int top, BoundedNode node, long use, long arrival) {
    int i = gap;
    while (i > top) {
      int parent = (i - 1) / CHILDREN;
      if (!less(use, arrival, parent)) {
        break;
      }
      copy(parent, i);
      i = parent;
    }
    set(i, node, use, arrival);
  }

  private boolean less(long use, long arrival, int than) {
    return less(use, arrival, uses[than], arrival(than));
  }

  /** Returns whether one pair of keys comes before another; arrivals that are not kept are 0. */
  static boolean less(long use, long arrival, long thanUse, long thanArrival) {
    return use != thanUse ? use < thanUse : arrival < thanArrival;
  }

  private long arrival(int i) {
    return arrivals == null ? 0 : arrivals[i];
  }

  private void copy(int from, int to) {
    set(to, nodes[from], uses[from], arrival(from));
  }

  private void set(int i, BoundedNode node, long use, long arrival) {
    nodes[i] = node;
    uses[i] = use;
    if (arrivals != null) {
      arrivals[i] = arrival;
    }
  }

  private void resize(int capacity) {
    nodes = Arrays.copyOf(nodes, capacity);
    uses = Arrays.copyOf(uses, capacity);
    if (arrivals != null) {
      arrivals = Arrays.copyOf(arrivals, capacity);
    }
  }
}
