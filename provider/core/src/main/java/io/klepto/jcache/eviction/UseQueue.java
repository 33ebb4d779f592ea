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
  private Chunk swept; // the chunk behind which the sweep goes on; null if with the head
  private int unsweptOfHeap; // places, before the sweep begins with the line again
  private int sweepSteps; // not yet made

  /** Makes an empty queue, which keeps and compares arrivals only if told to. */
  UseQueue(boolean byArrival) {
    this.heap = new UseHeap(byArrival);
    this.byArrival = byArrival;
    startLine();
  }

  /** A piece of the line. */
  private static final class Chunk {
    private static final int LEAST = 16;
    private static final int MOST = 1_024;

    private final BoundedNode[] nodes;
    private final KeyColumn uses;
    private final KeyColumn arrivalsOrNull;
    private int filled;
    private Chunk next;

    Chunk(int expected, boolean byArrival) {
      int length = Math.max(LEAST, Math.min(MOST, expected));
      this.nodes = new BoundedNode[length];
      this.uses = new KeyColumn(length);
      this.arrivalsOrNull = byArrival ? new KeyColumn(length) : null;
    }

    boolean takes(long use, long arrival) {
      return filled < nodes.length
          && uses.takes(filled, use)
          && (arrivalsOrNull == null || arrivalsOrNull.takes(filled, arrival));
    }

    void add(BoundedNode node, long use, long arrival) {
      nodes[filled] = node;
      uses.add(filled, use);
      if (arrivalsOrNull != null) {
        arrivalsOrNull.add(filled, arrival);
      }
      filled++;
    }

    long use(int at) {
      return uses.get(at);
    }

    long arrival(int at) {
      return arrivalsOrNull == null ? 0 : arrivalsOrNull.get(at);
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
      Chunk fresh = new Chunk(waiting, byArrival);
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
      if (swept == head) {
        swept = null;
      }
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
   * Looks at the next places of the queue, round and round, and drops nodes that no policy tracks.
   * Of the line it looks at whole chunks, and saves the steps up until they are enough for one.
   *
   * @param steps about how many places to look at
   * @return how many nodes were dropped
   */
  int sweep(int steps) {
    sweepSteps += steps;
    int dropped = 0;
    while (sweepSteps > 0) {
      if (unsweptOfHeap > 0) {
        int places = Math.min(unsweptOfHeap, sweepSteps);
        dropped += heap.sweep(places);
        unsweptOfHeap -= places;
        sweepSteps -= places;
        continue;
      }
      Chunk chunk = swept == null ? head : swept.next;
      if (chunk == null) {
        swept = null;
        unsweptOfHeap = heap.length();
        continue;
      }
      int places = 1 + chunk.filled - firstOf(chunk);
      if (places > sweepSteps) {
        break;
      }
      dropped += sweep(chunk);
      sweepSteps -= places;
    }
    return dropped;
  }

  private int firstOf(Chunk chunk) {
    return chunk == head ? headAt : 0;
  }

  /** Drops the nodes of a chunk that no policy tracks, and joins it to the one before if it can. */
  private int sweep(Chunk chunk) {
    int first = firstOf(chunk);
    int kept = 0;
    for (int at = first; at < chunk.filled; at++) {
      if (chunk.nodes[at].slot != 0) {
        kept++;
      }
    }
    int dropped = chunk.filled - first - kept;
    if (dropped == 0) {
      swept = chunk;
      return 0;
    }
    waiting -= dropped;
    Chunk into = swept;
    for (int at = first; at < chunk.filled; at++) {
      BoundedNode node = chunk.nodes[at];
      if (node.slot != 0) {
        long use = chunk.use(at);
        long arrival = chunk.arrival(at);
        if (into == null || !into.takes(use, arrival)) {
          Chunk fresh = new Chunk(kept, byArrival);
          link(into, fresh);
          into = fresh;
        }
        into.add(node, use, arrival);
      }
    }
    Chunk behind = chunk.next;
    if (into == null && behind == null) {
      startLine();
    } else {
      link(into, behind);
      if (behind == null) {
        tail = into;
      }
      swept = into;
    }
    return dropped;
  }

  /** Lets a chunk follow another, or if that is null, makes it the head. */
  private void link(Chunk chunkOrNull, Chunk next) {
    if (chunkOrNull == null) {
      head = next;
      headAt = 0;
    } else {
      chunkOrNull.next = next;
    }
  }

  private void startLine() {
    head = new Chunk(0, byArrival);
    headAt = 0;
    tail = head;
    swept = null;
    waiting = 0;
  }
}
