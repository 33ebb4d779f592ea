package io.klepto.jcache.eviction;

/**
 * A heap of nodes by the use that was recorded when they were pushed, least first; among equals, if
 * asked for, by arrival.
 *
 * <p>The keys lie in arrays beside the nodes, so that moving an entry touches no node. Each entry
 * has four children, whose keys are neighbours in memory: half the levels of a binary heap. The gap
 * that a pop leaves goes down to a leaf along the least children, without looking at the entry that
 * will fill it: that one comes from the end and belongs far down.
 *
 * <p>The arrays are {@linkplain Pages pages}, so that no push pays for copying a large heap. The
 * first entry is at {@value #ROOT}: then siblings never lie on two pages.
 *
 * <p>Push and pop cost O(log n). Not thread-safe.
 */
final class UseHeap extends Padding {
  private static final int ROOT = 3;
  private static final int CHILDREN = 4;

  private BoundedNode[][] nodes = {new BoundedNode[Pages.LEAST]};
  private long[][] uses = {new long[Pages.LEAST]};
  private long[][] arrivalsOrNull;
  private int capacity = Pages.LEAST;
  private int end = ROOT;
  private int swept = ROOT;
  private long poppedArrival;

  /** Makes an empty heap, which keeps and compares arrivals only if told to. */
  UseHeap(boolean byArrival) {
    this.arrivalsOrNull = byArrival ? new long[][] {new long[Pages.LEAST]} : null;
  }

  int length() {
    return end - ROOT;
  }

  /** Adds a node. */
  void push(BoundedNode node, long use, long arrival) {
    if (end == capacity) {
      grow();
    }
    siftUp(end++, node, use, arrival);
  }

  /** Takes the least node out of the heap, which is not empty. */
  BoundedNode pop() {
    BoundedNode top = node(ROOT);
    poppedArrival = arrival(ROOT);
    remove(ROOT);
    return top;
  }

  /** Returns the arrival of the node that was popped last; 0 if arrivals are not kept. */
  long poppedArrival() {
    return poppedArrival;
  }

  /** Returns whether there is a node whose keys come before the given ones. */
  boolean hasLess(long use, long arrival) {
    return end > ROOT && less(use(ROOT), arrival(ROOT), use, arrivalsOrNull == null ? 0 : arrival);
  }

  /**
   * Looks at as many entries, from where the last call ended round to there, and drops those whose
   * nodes no policy tracks. Once round, none is left that was there at the beginning, but for those
   * that changed their place meanwhile.
   *
   * @return how many were dropped
   */
  int sweep(int steps) {
    int dropped = 0;
    for (int i = 0; i < steps && end > ROOT; i++) {
      if (swept >= end) {
        swept = ROOT;
      }
      if (node(swept).slot == 0) {
        remove(swept);
        dropped++;
      } else {
        swept++;
      }
    }
    return dropped;
  }

  private void remove(int place) {
    int last = --end;
    BoundedNode node = node(last);
    long use = use(last);
    long arrival = arrival(last);
    nodes[Pages.page(last)][Pages.at(last)] = null;
    if (place != last) {
      siftUp(siftGapDown(place), node, use, arrival);
    }
    if (Pages.isSpare(nodes.length, last)) {
      shrink();
    }
  }

  /** Moves a gap down to a leaf along the least children; returns where that is. */
  private int siftGapDown(int from) {
    int gap = from;
    int lastParent = parent(end - 1);
    while (gap <= lastParent) {
      int first = CHILDREN * (gap - ROOT + 1);
      int least = leastOf(first, Math.min(first + CHILDREN, end));
      copy(least, gap);
      gap = least;
    }
    return gap;
  }

  private static int parent(int place) {
    return place / CHILDREN + ROOT - 1;
  }

  private int leastOf(int first, int beyond) {
    long[] page = uses[Pages.page(first)];
    int least = first;
    long leastUse = page[Pages.at(first)];
    for (int i = first + 1; i < beyond; i++) {
      long use = page[Pages.at(i)];
      if (use < leastUse || (use == leastUse && arrival(i) < arrival(least))) {
        least = i;
        leastUse = use;
      }
    }
    return least;
  }

  private void siftUp(int from, BoundedNode node, long use, long arrival) {
    int gap = from;
    while (gap > ROOT) {
      int parent = parent(gap);
      if (!less(use, arrival, use(parent), arrival(parent))) {
        break;
      }
      copy(parent, gap);
      gap = parent;
    }
    set(gap, node, use, arrival);
  }

  /** Returns whether one pair of keys comes before another; arrivals that are not kept are 0. */
  static boolean less(long use, long arrival, long thanUse, long thanArrival) {
    return use != thanUse ? use < thanUse : arrival < thanArrival;
  }

  private BoundedNode node(int place) {
    return nodes[Pages.page(place)][Pages.at(place)];
  }

  private long use(int place) {
    return uses[Pages.page(place)][Pages.at(place)];
  }

  private long arrival(int place) {
    return arrivalsOrNull == null ? 0 : arrivalsOrNull[Pages.page(place)][Pages.at(place)];
  }

  private void copy(int from, int to) {
    set(to, node(from), use(from), arrival(from));
  }

  private void set(int place, BoundedNode node, long use, long arrival) {
    int page = Pages.page(place);
    int at = Pages.at(place);
    nodes[page][at] = node;
    uses[page][at] = use;
    if (arrivalsOrNull != null) {
      arrivalsOrNull[page][at] = arrival;
    }
  }

  private void grow() {
    nodes = Pages.grown(nodes, 1);
    uses = Pages.grown(uses, 1);
    if (arrivalsOrNull != null) {
      arrivalsOrNull = Pages.grown(arrivalsOrNull, 1);
    }
    capacity = Pages.capacity(nodes);
  }

  private void shrink() {
    nodes = Pages.shrunk(nodes);
    uses = Pages.shrunk(uses);
    if (arrivalsOrNull != null) {
      arrivalsOrNull = Pages.shrunk(arrivalsOrNull);
    }
    capacity = Pages.capacity(nodes);
  }
}
