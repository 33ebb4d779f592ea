package io.klepto.jcache.coherence;

import io.klepto.archive.store.Stamps;
import io.klepto.keymap.KeyBytes;

/** The stamps of one archive, as one cache sees them. Any number of threads may call. */
final class StampWatch {
  private final Stamps stamps;
  private final OwnChanges own = new OwnChanges();

  StampWatch(Stamps stamps) {
    this.stamps = stamps;
  }

  /** Returns the stamp of a key as it is now. */
  Stamp look(KeyBytes key) {
    int stripe = stamps.stripeOf(key);
    long number = stamps.at(stripe);
    return new Stamp(this, stripe, number, number);
  }

  long numberOf(int stripe) {
    return stamps.at(stripe);
  }

  void addOwn(int stripe, long before, long after) {
    own.add(stripe, before, after);
  }

  /** Returns whether nobody else has changed anything in a stripe since its stamp was read. */
  boolean isCurrent(int stripe, long number) {
    long now = stamps.at(stripe);
    return (now & 1) == 0 && (now == number || own.cover(stripe, number, now));
  }
}
