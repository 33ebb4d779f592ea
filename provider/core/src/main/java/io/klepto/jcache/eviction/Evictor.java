package io.klepto.jcache.eviction;

/**
 * One eviction policy: the order in which resident entries are given up.
 *
 * <p>{@link #recordHit} is called by any thread at any time. Everything else is called under the
 * lock of the {@link Eviction} that owns the policy, by one thread at a time, and must neither
 * block nor call out.
 *
 * <p>A <i>round</i> asks for victims one after the other. Each is offered once; the caller
 * {@linkplain #remove removes} it, if the entry could be evicted, before it asks for the next. A
 * victim that was not removed is in use: it stays where it was in the policy's order, and comes up
 * again in the next round. Between {@link #victim} and {@link #endRound} nothing is added, and
 * nothing removed but the victim.
 *
 * <p>What hits record need not be visible to the next call under the lock while threads overlap. If
 * all calls come one at a time, each happening before the next, the order is exact, whichever
 * threads they come from.
 */
abstract class Evictor {
  /**
   * Records that an entry was used; by any thread, without a lock and without allocation.
   *
   * @param node may be unknown to the policy as yet, or no more
   * @return whether the policy wants {@link #catchUp} before it can record more without loss
   */
  abstract boolean recordHit(BoundedNode node);

  /** Takes in what {@link #recordHit} wrote aside, if the policy does that. */
  void catchUp() {}

  /** Begins to track a node that has become resident, and counts that as a use. */
  abstract void add(BoundedNode node);

  /** Ends to track a node, which the policy tracks. */
  abstract void remove(BoundedNode node);

  /**
   * Returns the next victim of the round; the first call begins a round.
   *
   * @param newest the tracked node that came last, or null; the same throughout a round
   * @return a tracked node that was not offered in this round before, or null if there is none
   */
  abstract BoundedNode victim(BoundedNode newest);

  /** Ends the round, also when no victim was asked for. */
  abstract void endRound();

  /** Returns how many nodes are tracked. */
  abstract int size();

  /** Returns how many dead nodes the policy still refers to. */
  int dead() {
    return 0;
  }
}
