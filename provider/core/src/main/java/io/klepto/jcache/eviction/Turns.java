package io.klepto.jcache.eviction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Tells whether the calls that record uses come one at a time, and is the clock of those uses.
 *
 * <p>A clock that all threads advance atomically would cost each hit ten times what it does. So as
 * long as calls come one at a time, whichever threads take the turns, the clock is a plain {@code
 * tick}, and exact. From the first overlap that is noticed on, for good, it is the {@code epoch},
 * which only additions advance, under the lock of the {@link Eviction}, and hits merely read.
 *
 * <p><b>How an overlap is noticed.</b> The field {@code owner} names the thread that had the last
 * turn. A caller who is not the owner makes itself the owner, records its use, and then looks at
 * the field again: whoever overwrote it meanwhile was inside its own call at the same time.
 *
 * <p><b>No false alarm.</b> If each call happens before the next, then no write of {@code owner}
 * races with a call. What a call reads at its end is what it read or wrote at its beginning, and
 * the plain {@code tick} it advances is the one that the last call left.
 *
 * <p><b>Missed overlaps</b> are possible, as a processor may read its own write of the owner back
 * before others see it. They lose ticks and nothing else, and since threads that overlap keep
 * taking the turn from each other, one of them is caught soon. Epochs are larger than any tick, so
 * what ticks were lost or set back by then no longer matters.
 *
 * <p>The thread is kept as its id: an idle cache pins no thread. A thread class that reports
 * another's id hides overlaps, with the consequence above.
 */
class Turns extends Padding {
  private static final long FIRST_EPOCH = 1L << 62;
  private static final VarHandle OWNER;
  private static final VarHandle EPOCH;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      OWNER = lookup.findVarHandle(Turns.class, "owner", long.class);
      EPOCH = lookup.findVarHandle(Turns.class, "epoch", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // through OWNER
  private long owner;

  private long tick;

  @SuppressWarnings("UnusedVariable") // through EPOCH
  private long epoch;

  private Turns() {}

  /** Makes a clock that has not seen any call. */
  static Turns of() {
    return new Padded();
  }

  /** Returns 0 while calls come one at a time, else the current epoch, above every tick. */
  final long epoch() {
    return (long) EPOCH.getOpaque(this);
  }

  /** Begins a turn of the current thread; to be ended by {@link #end} with what is returned. */
  final long begin() {
    long me = Thread.currentThread().getId();
    if ((long) OWNER.getOpaque(this) != me) {
      OWNER.setOpaque(this, me);
    }
    return me;
  }

  /** Returns the next moment, within a turn. */
  final long tick() {
    return ++tick;
  }

  /** Ends a turn; if another thread has begun one since, there are epochs from here on. */
  final void end(long me) {
    if ((long) OWNER.getOpaque(this) != me) {
      EPOCH.compareAndSet(this, 0L, FIRST_EPOCH);
    }
  }

  /** Begins and returns a new epoch, after the first overlap; under the lock of the eviction. */
  final long nextEpoch() {
    long next = epoch() + 1;
    EPOCH.setOpaque(this, next);
    return next;
  }

  /** Room behind the fields. */
  @SuppressWarnings("unused")
  private static final class Padded extends Turns {
    private long room01;
    private long room02;
    private long room03;
    private long room04;
    private long room05;
    private long room06;
    private long room07;
    private long room08;
    private long room09;
    private long room10;
    private long room11;
    private long room12;
    private long room13;
    private long room14;
    private long room15;
  }
}
