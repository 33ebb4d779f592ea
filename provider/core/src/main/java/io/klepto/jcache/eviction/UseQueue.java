package io.klepto.jcache.eviction;

/**
 * Nodes by the use that was recorded when they were put in, least first; among equals, if asked
 * for, by arrival.
 *
 * <p>Those that have just arrived come in this order by themselves, for the clock of uses goes on,
 * and a first use is one. They stand in a ring, to which one is appended, and from which one is
 * taken, in constant time; what has been used since is put into a heap. So an entry that is never
 * used again, of which there are many wherever there is much to evict, never costs the logarithm
 * that one in the heap does. Not thread-safe.
 */
final class UseQueue {
  private static final int INITIAL = 16;

  private final UseHeap heap;
  private BoundedNode[] nodes = new BoundedNode[INITIAL];
  private long[] uses = new long[INITIAL];
  private long[] arrivals;
  private int head;
  private int waiting;
  private long poppedArrival;

  /** Makes an empty queue, which keeps and compares arrivals only if told to. */
  UseQueue(boolean byArrival) {
    this.heap = new UseHeap(byArrival);
    this.arrivals = byArrival ? new long[INITIAL] : null;
  }

  int length() {
    return waiting + heap.length();
  }

  /** Adds a node that has just arrived. */
  void append(BoundedNode node, long use, long arrival) {
    if (waiting > 0 && isLess(use, arrival, place(waiting - 1))) {
      heap.push(node, use, arrival); // threads that overlap stamp in no order
      return;
    }
    if (waiting == nodes.length) {
      resize(Slots.grown(waiting));
    }
    int last = place(waiting++);
    nodes[last] = node;
    uses[last] = use;
    if (arrivals != null) {
      arrivals[last] = arrival;
    }
  }

  /** Puts a node back. */
  void push(BoundedNode node, long use, long arrival) {
    heap.push(node, use, arrival);
  }

  /** Takes the least node out of the queue, which is not empty. */
  BoundedNode pop() {
    if (waiting == 0 || heap.hasLess(uses[head], arrival(head))) {
      BoundedNode popped = heap.pop();
      poppedArrival = heap.poppedArrival();
      return popped;
    }
    BoundedNode first = nodes[head];
    poppedArrival = arrival(head);
    nodes[head] = null;
    head = place(1);
    waiting--;
    return first;
  }

  /** Returns the arrival of the node that was popped last; 0 if arrivals are not kept. */
  long poppedArrival() {
    return poppedArrival;
  }

  /** Returns whether there is a node whose keys come before the given ones. */
  boolean hasLess(long use, long arrival) {
    return heap.hasLess(use, arrival)
        || (waiting > 0
            && UseHeap.less(uses[head], arrival(head), use, arrivals == null ? 0 : arrival));
  }

  /**
   * Drops the nodes that no policy tracks. Those in the heap take their present use, those in the
   * ring keep what was recorded, by which it is in order.
   */
  void refresh() {
    heap.refresh();
    int live = 0;
    for (int i = 0; i < waiting; i++) {
      int from = place(i);
      if (nodes[from].slot != 0) {
        int to = place(live++);
        nodes[to] = nodes[from];
        uses[to] = uses[from];
        if (arrivals != null) {
          arrivals[to] = arrivals[from];
        }
      }
    }
    for (int i = live; i < waiting; i++) {
      nodes[place(i)] = null;
    }
    waiting = live;
    if (live < nodes.length / 4) {
      resize(Math.max(INITIAL, live * 2));
    }
  }

  /** Returns where the entry stands that has so many before it. */
  private int place(int before) {
    int place = head + before;
    return place < nodes.length ? place : place - nodes.length;
  }

  private boolean isLess(long use, long arrival, int than) {
    return UseHeap.less(use, arrival, uses[than], arrival(than));
  }

  private long arrival(int place) {
    return arrivals == null ? 0 : arrivals[place];
  }

  private void resize(int capacity) {
    int toEnd = Math.min(waiting, nodes.length - head);
    nodes = unrolled(nodes, toEnd, new BoundedNode[capacity]);
    uses = unrolled(uses, toEnd, new long[capacity]);
    if (arrivals != null) {
      arrivals = unrolled(arrivals, toEnd, new long[capacity]);
    }
    head = 0;
  }

  /** Copies a ring, an array whose entries lie {@code toEnd} to its end and go on at its start. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both are of the same type
  private <A> A unrolled(A ring, int toEnd, A target) {
    System.arraycopy(ring, head, target, 0, toEnd);
    System.arraycopy(ring, 0, target, toEnd, waiting - toEnd);
    return target;
  }
}
