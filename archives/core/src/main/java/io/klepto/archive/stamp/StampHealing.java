package io.klepto.archive.stamp;

import io.klepto.archive.store.Stamps;
import io.klepto.keymap.KeyBytes;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * What the readers of a store do about stamps that stay odd, as their writer died: they have them
 * made even where nobody holds the lock that the writer had.
 *
 * <p>A stamp that is seen odd for some milliseconds without a change is taken for such; a live
 * writer is seldom that slow, and has the lock. Of several that are odd at once one at a time is
 * looked after.
 *
 * <p>Cost: a look at the stamp for each read of the archive. Safe for use by many threads.
 */
public final class StampHealing {
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Stamps stamps;
  private final IntConsumer heal;
  private volatile Odd seen;

  /**
   * Starts without any odd stamp seen.
   *
   * @param heal makes the stamp of a stripe even if nobody has its lock; never waits
   */
  public StampHealing(Stamps stamps, IntConsumer heal) {
    this.stamps = stamps;
    this.heal = heal;
  }

  private record Odd(int stripe, long stamp, long sinceNanos) {}

  /** Looks at the stamp of a key that is about to be read. */
  public void look(KeyBytes key) {
    int stripe = stamps.stripeOf(key);
    long stamp = stamps.at(stripe);
    if ((stamp & 1) == 0) {
      return;
    }
    Odd odd = seen;
    long now = System.nanoTime();
    if (odd == null || now - odd.sinceNanos() > FORGET_NANOS) {
      seen = new Odd(stripe, stamp, now);
    } else if (odd.stripe() != stripe || odd.stamp() != stamp) {
      if (now - odd.sinceNanos() > PATIENCE_NANOS && stamps.at(odd.stripe()) != odd.stamp()) {
        seen = new Odd(stripe, stamp, now); // the other one has moved on
      }
    } else if (now - odd.sinceNanos() > PATIENCE_NANOS) {
      seen = null;
      heal.accept(stripe);
    }
  }
}
