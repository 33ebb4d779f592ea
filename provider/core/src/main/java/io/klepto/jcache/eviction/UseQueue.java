package io.klepto.jcache.eviction;

/**
 * Nodes by the use that was recorded when they were put in, least first; among equals, if asked
 * for, by arrival.
 *
 * <p>Those that have just arrived come in this order by themselves, for the clock of uses goes on,
 * and a first use is one. They stand in a line, to which one is appended, and from which one is
 * taken, in constant time; what has been used since is put into a heap. So an entry that is never
 * used again, of which there are many wherever there is much to evict, never costs the logarithm
 * that one in the heap does.
 *
 * <p>The line is made of {@linkplain Chunk pieces}: it grows without copying what it holds. Not
 * thread-safe.
 */
final class UseQueue {
  private final UseHeap heap;
  private final boolean byArrival;
  private Chunk head; // with the first of the line, if there is one
  private int headAt; // where in it
  private Chunk tail;
  private int waiting;
  private long lastUse; // of the last in the line
  private long lastArrival;
  private long poppedArrival;

  /** Makes an empty queue, which keeps and compares arrivals only if told to. */
  UseQueue(boolean byArrival) {
    this.heap = new UseHeap(byArrival);
    this.byArrival = byArrival;
    startLine();
  }

  /**
   * A piece of the line. Keys are kept as what they are more than those of its first node, in half
   * the room; one that is more by 2^32 begins the next piece.
   */
  private static final class Chunk {
    private static final int LEAST = 16;
    private static final int MOST = 1_024;
    private static final long MAX_OFFSET = 0xFFFF_FFFFL;

    private final BoundedNode[] nodes;
    private final long firstUse;
    private final int[] uses;
    private final long firstArrival;
    private final int[] arrivalsOrNull;
    private int filled;
    private Chunk next;

    Chunk(int expected, boolean byArrival, long firstUse, long firstArrival) {
      int length = Math.max(LEAST, Math.min(MOST, expected));
      this.nodes = new BoundedNode[length];
      this.uses = new int[length];
      this.arrivalsOrNull = byArrival ? new int[length] : null;
      this.firstUse = firstUse;
      this.firstArrival = firstArrival;
    }

    boolean takes(long use, long arrival) {
      return filled < nodes.length
          && isOffset(use - firstUse)
          && (arrivalsOrNull == null || isOffset(arrival - firstArrival));
    }

    private static boolean isOffset(long difference) {
      return difference >= 0 && difference <= MAX_OFFSET;
    }

    void add(BoundedNode node, long use, long arrival) {
      nodes[filled] = node;
      uses[filled] = (int) (use - firstUse);
      if (arrivalsOrNull != null) {
        arrivalsOrNull[filled] = (int) (arrival - firstArrival);
      }
      filled++;
    }

    long use(int at) {
      return firstUse + Integer.toUnsignedLong(uses[at]);
    }

    long arrival(int at) {
      return arrivalsOrNull == null ? 0 : firstArrival + Integer.toUnsignedLong(arrivalsOrNull[at]);
    }
  }

  int length() {
    return waiting + heap.length();
  }

  /** Adds a node that has just arrived. */
  void append(BoundedNode node, long use, long arrival) {
    if (waiting > 0 && UseHeap.less(use, arrival, lastUse, lastArrival)) {
      heap.push(node, use, arrival); // threads that overlap stamp in no order
    } else {
      appendToLine(node, use, arrival);
    }
  }

  private void appendToLine(BoundedNode node, long use, long arrival) {
    if (!tail.takes(use, arrival)) {
      Chunk fresh = new Chunk(waiting, byArrival, use, arrival);
      tail.next = fresh;
      tail = fresh;
      skipEmpty();
    }
    tail.add(node, use, arrival);
    waiting++;
    lastUse = use;
    lastArrival = arrival;
  }

  /** Puts a node back. */
  void push(BoundedNode node, long use, long arrival) {
    heap.push(node, use, arrival);
  }

  /** Takes the least node out of the queue, which is not empty. */
  BoundedNode pop() {
    if (waiting == 0 || heap.hasLess(head.use(headAt), head.arrival(headAt))) {
      BoundedNode popped = heap.pop();
      poppedArrival = heap.poppedArrival();
      return popped;
    }
    BoundedNode first = head.nodes[headAt];
    poppedArrival = head.arrival(headAt);
    head.nodes[headAt] = null;
    headAt++;
    waiting--;
    skipEmpty();
    return first;
  }

  private void skipEmpty() {
    if (headAt == head.filled && head.next != null) {
      head = head.next;
      headAt = 0;
    }
  }

  /** Returns the arrival of the node that was popped last; 0 if arrivals are not kept. */
  long poppedArrival() {
    return poppedArrival;
  }

  /** Returns whether there is a node whose keys come before the given ones. */
  boolean hasLess(long use, long arrival) {
    return heap.hasLess(use, arrival)
        || (waiting > 0
            && UseHeap.less(head.use(headAt), head.arrival(headAt), use, byArrival ? arrival : 0));
  }

  /**
   * Drops the nodes that no policy tracks. Those in the heap take their present use, those in the
   * line keep what was recorded, by which it is in order.
   */
  void refresh() {
    heap.refresh();
    Chunk old = head;
    int at = headAt;
    startLine();
    for (; old != null; old = old.next, at = 0) {
      for (; at < old.filled; at++) {
        if (old.nodes[at].slot != 0) {
          appendToLine(old.nodes[at], old.use(at), old.arrival(at));
        }
      }
    }
  }

  private void startLine() {
    head = new Chunk(0, byArrival, 0, 0);
    headAt = 0;
    tail = head;
    waiting = 0;
  }
}
