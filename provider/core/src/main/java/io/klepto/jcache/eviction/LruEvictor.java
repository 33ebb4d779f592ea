package io.klepto.jcache.eviction;

/**
 * Least-recently-used eviction: the victim is the entry whose last use is oldest. Coming counts as
 * a use.
 *
 * <p>A use stamps the node with the clock of {@link Turns}: exact while calls come one at a time,
 * as in klepto. Once they overlap, uses since the last addition are equally recent, and a hit
 * writes the node only if it was not used since then; hot nodes are hardly written at all.
 *
 * <p>A hit is one or two plain writes; a victim O(log n) amortised. Thread-safety is that of {@link
 * Evictor}.
 */
final class LruEvictor extends LeastUsedEvictor {
  LruEvictor() {
    super(/* byArrival= */ false, /* sparesNewest= */ false);
  }

  @Override
  boolean recordHit(BoundedNode node) {
    long epoch = turns.epoch();
    if (epoch == 0) {
      long me = turns.begin();
      node.use = turns.tick();
      turns.end(me);
    } else if (node.use != epoch) {
      node.use = epoch;
    }
    return false;
  }

  @Override
  void recordFirstUse(BoundedNode node) {
    if (turns.epoch() == 0) {
      recordHit(node);
    } else {
      node.use = turns.nextEpoch();
    }
  }
}
