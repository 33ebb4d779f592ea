package io.klepto.jcache.eviction;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Least-frequently-used eviction: the victim is the entry with the fewest uses since it came; among
 * equals, the one that came first. Coming counts as a use. An entry that leaves loses its count.
 *
 * <p>klepto evicts several entries at a time and lets the entry that has just come compete: it
 * often goes at once. With one victim a round that would lock newcomers out for good as soon as all
 * others have been used twice, so then (and only then) the newest entry is spared.
 *
 * <p>Each use is counted while calls come one at a time. Once they overlap, increments may get
 * lost, and from {@value #EXACT} on a count grows by a step with a probability of one in as many,
 * so that threads don't fight over the hottest nodes; the count is right within some ten percent.
 *
 * <p>A hit is one plain increment; a victim O(log n) amortised. Thread-safety is that of {@link
 * Evictor}.
 */
final class LfuEvictor extends LeastUsedEvictor {
  private static final long EXACT = 128;

  /**
   * Makes the policy.
   *
   * @param sparesNewest whether the newest entry is the victim only if there is no other
   */
  LfuEvictor(boolean sparesNewest) {
    super(/* byArrival= */ true, sparesNewest);
  }

  @Override
  boolean recordHit(BoundedNode node) {
    if (turns.epoch() == 0) {
      long me = turns.begin();
      node.use++;
      turns.end(me);
    } else {
      long count = node.use;
      if (count < EXACT) {
        node.use = count + 1;
      } else {
        long step = Long.highestOneBit(count) / (EXACT / 2);
        if ((ThreadLocalRandom.current().nextLong() & (step - 1)) == 0) {
          node.use = count + step;
        }
      }
    }
    return false;
  }

  @Override
  void recordFirstUse(BoundedNode node) {
    node.use++;
  }
}
