package io.klepto.jcache.eviction;

/**
 * Most-recently-used eviction: the victim is the entry that was used last before the newest came,
 * then the one used before that, and so on; the newest goes only if there is no other. Coming
 * counts as a use.
 *
 * <p>Nodes hang on a list in order of use. Hits are written to a small log, which is applied to the
 * list under the lock whenever it is full and before anything is added or evicted. All is recorded
 * while calls come one at a time, as in klepto. Once they overlap, a hit is recorded only if it is
 * the node's first since the last addition, and may get lost.
 *
 * <p>Every operation is O(1), a hit two plain writes. Thread-safety is that of {@link Evictor}.
 */
final class MruEvictor extends Evictor {
  /** Whether calls come one at a time. */
  final Turns turns = Turns.of();

  private final HitLog hits = HitLog.of();
  private final RecencyList order = new RecencyList();

  private boolean inRound;
  private int cursor;
  private boolean newestOffered;

  @Override
  boolean recordHit(BoundedNode node) {
    long epoch = turns.epoch();
    if (epoch == 0) {
      long me = turns.begin();
      boolean full = hits.record(node.slot);
      turns.end(me);
      return full;
    }
    if (node.use == epoch) {
      return false;
    }
    node.use = epoch;
    return hits.record(node.slot);
  }

  @Override
  void catchUp() {
    hits.drainTo(order);
  }

  @Override
  void add(BoundedNode node) {
    catchUp();
    if (turns.epoch() == 0) {
      long me = turns.begin();
      order.add(node);
      turns.end(me);
    } else {
      node.use = turns.nextEpoch();
      order.add(node);
    }
  }

  @Override
  void remove(BoundedNode node) {
    order.remove(node);
  }

  @Override
  BoundedNode victim(BoundedNode newest) {
    if (!inRound) {
      catchUp();
      cursor = order.older(RecencyList.END);
      newestOffered = newest == null;
      inRound = true;
    }
    if (cursor != RecencyList.END && order.node(cursor) == newest) {
      cursor = order.older(cursor);
    }
    if (cursor != RecencyList.END) {
      BoundedNode victim = order.node(cursor);
      cursor = order.older(cursor);
      return victim;
    }
    if (newestOffered) {
      return null;
    }
    newestOffered = true;
    return newest;
  }

  @Override
  void endRound() {
    inRound = false;
  }

  @Override
  int size() {
    return order.size();
  }
}
