package io.klepto.jcache.coherence;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Remembers of each stripe from which stamp on all changes were this cache's own, so that they cost
 * the other entries of the stripe nothing.
 *
 * <p>A table of fixed size: stripes that fall on one place push each other out, and so do two
 * threads that add at once. What is forgotten costs a read of the archive, never a wrong answer:
 * each run in the table is true for ever.
 */
final class OwnChanges {
  private static final int PLACES = 1 << 12;

  private final AtomicReferenceArray<Run> runs = new AtomicReferenceArray<>(PLACES);

  /** Stamps of a stripe from the first to the last between which there were only own changes. */
  private record Run(int stripe, long first, long last) {}

  /** Adds a change: own, and the only one between the two stamps. */
  void add(int stripe, long before, long after) {
    Run old = runs.get(placeOf(stripe));
    boolean goesOn = old != null && old.stripe() == stripe && old.last() == before;
    runs.set(placeOf(stripe), new Run(stripe, goesOn ? old.first() : before, after));
  }

  /** Returns whether all changes between the two stamps are known to be own. */
  boolean cover(int stripe, long before, long after) {
    Run run = runs.get(placeOf(stripe));
    return run != null
        && run.stripe() == stripe
        && run.last() == after
        && run.first() <= before
        && before <= after
        && (before & 1) == 0;
  }

  private static int placeOf(int stripe) {
    return stripe & (PLACES - 1);
  }
}
