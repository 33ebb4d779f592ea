package io.klepto.jcache.eviction;

/**
 * The search for the entry with the least recorded use, as LRU and LFU share it.
 *
 * <p>A hit changes {@code use} in the node and nothing else. A queue holds the nodes by the use
 * they had when they were put in. A use only grows, so the queue's order is a lower bound: the
 * search pops the least node, pushes it back if its use has grown, and ends when the best node
 * popped precedes all that are left. If nothing is hit meanwhile, each node is popped at most once
 * per search, and pushed back only if it was hit since it was pushed: O(log n) amortised over hits,
 * without a scan.
 *
 * <p>Hits meanwhile could prolong the search for ever, so it settles for the best node popped so
 * far after as many as there are, or, once calls overlap, after {@value #SAMPLE}. Two hits at once
 * may even lower a use, which costs that node its place and nothing else.
 *
 * <p>Removed nodes stay in the queue as dead weight until they are popped, or swept out: each
 * removal sweeps a few places while a fifth of the queue is dead, so that a third never is, and no
 * removal pays for many.
 */
abstract class LeastUsedEvictor extends Evictor {
  private static final int SAMPLE = 256;
  private static final int SWEEP = 8;

  /** A queue that is no longer is swept as a whole. */
  private static final int SHORT = 2_048;

  /** Whether calls come one at a time. */
  final Turns turns = Turns.of();

  private final boolean sparesNewest;
  private final UseQueue queue;
  private final UseHeap refused;
  private int live;
  private int dead;
  private long arrivals;

  private long foundArrival;
  private BoundedNode offered;
  private long offeredArrival;

  /**
   * Makes the policy.
   *
   * @param byArrival whether among equal uses the node that came first precedes
   * @param sparesNewest whether the newest node is the victim only if there is no other
   */
  LeastUsedEvictor(boolean byArrival, boolean sparesNewest) {
    this.sparesNewest = sparesNewest;
    this.queue = new UseQueue(byArrival);
    this.refused = new UseHeap(byArrival);
  }

  /** Records the first use of a node; under the lock. */
  abstract void recordFirstUse(BoundedNode node);

  @Override
  final void add(BoundedNode node) {
    recordFirstUse(node);
    queue.append(node, node.use, ++arrivals);
    node.slot = 1;
    live++;
  }

  @Override
  final void remove(BoundedNode node) {
    node.slot = 0;
    live--;
    if (node == offered) {
      offered = null;
    } else {
      dead++;
      sweep();
    }
  }

  @Override
  final BoundedNode victim(BoundedNode newest) {
    setOfferedAside();
    BoundedNode found = search();
    if (sparesNewest && found != null && found == newest) {
      long newestArrival = foundArrival;
      BoundedNode other = search();
      if (other == null) {
        foundArrival = newestArrival;
      } else {
        queue.push(newest, newest.use, newestArrival);
        found = other;
      }
    }
    offered = found;
    offeredArrival = foundArrival;
    return found;
  }

  @Override
  final void endRound() {
    setOfferedAside();
    while (refused.length() > 0) {
      BoundedNode node = refused.pop();
      queue.push(node, node.use, refused.poppedArrival());
    }
  }

  @Override
  final int size() {
    return live;
  }

  @Override
  final int dead() {
    return dead;
  }

  private void setOfferedAside() {
    if (offered != null) {
      refused.push(offered, offered.use, offeredArrival);
      offered = null;
    }
  }

  /** Takes the node with the least use out of the queue; null if there is none. */
  private BoundedNode search() {
    BoundedNode best = null;
    long bestUse = 0;
    long bestArrival = 0;
    int left = turns.epoch() == 0 ? queue.length() : SAMPLE;
    while (best == null ? queue.length() > 0 : left > 0 && queue.hasLess(bestUse, bestArrival)) {
      BoundedNode node = queue.pop();
      long arrival = queue.poppedArrival();
      long use = node.use;
      if (node.slot == 0) {
        dead--;
        continue;
      }
      left--;
      if (best == null) {
        best = node;
        bestUse = use;
        bestArrival = arrival;
      } else if (use < bestUse || (use == bestUse && arrival < bestArrival)) {
        queue.push(best, bestUse, bestArrival);
        best = node;
        bestUse = use;
        bestArrival = arrival;
      } else {
        queue.push(node, use, arrival);
      }
    }
    foundArrival = bestArrival;
    return best;
  }

  private void sweep() {
    if (dead > live / 4) {
      dead -= queue.sweep(SWEEP);
    }
    while (dead > live / 2 && queue.length() <= SHORT) {
      dead -= queue.sweep(queue.length());
    }
  }
}
