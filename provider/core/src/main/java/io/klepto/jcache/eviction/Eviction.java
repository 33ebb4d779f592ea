package io.klepto.jcache.eviction;

import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.jfr.RecordedEvictions;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;

/**
 * The bound of a cache's memory: keeps track of the resident entries, and evicts when they are too
 * many. A policy ({@link Evictor}) says which; this class calls it from many threads.
 *
 * <p><b>One round.</b> Whenever an entry came and more than {@code maxEntries} are tracked, {@code
 * batch} victims are evicted, and again until the bound is met. A victim whose key is locked is
 * left alone, and the next one taken; no node is tried twice in a round, so a round ends. As long
 * as calls come one at a time, from whichever threads, the victims are exactly those of the policy.
 *
 * <p><b>Concurrency.</b> {@link #hit} takes no lock. Everything else needs the lock of the {@link
 * Gate}, but does not wait for it: who does not get it leaves its node behind. The holder looks for
 * such nodes after it has freed the lock, so whatever is left behind is done by somebody. So that
 * no call works for others without end, it may leave that to a thread that pauses as too much was
 * left behind: each looks for work when its pause is over, and says so before ({@link
 * Gate#isAwaited}).
 *
 * <p><b>At rest</b>, when no call is under way, therefore: every node that was {@linkplain #added
 * added} and is not retired is tracked; no retired node is tracked, since it was retired before it
 * was seen here, or {@link #removed} came later; and the bound holds, unless the keys of all that
 * could go are locked. In that case {@link #isOverfull} was set before each of those was tried for
 * the last time, so whoever frees a key lock and then reads it either comes before that try, which
 * then succeeded, or sees it and calls {@link #settle}. In motion, entries exceed the bound by
 * those in use, and by a constant number left behind: when that is exceeded, who brings more waits
 * until the holder of the lock has caught up, or takes over. (The holder waits for nobody, so
 * waiting for it can't end in a deadlock.)
 *
 * <p>If {@link Victims#evict} throws, so does the call that was evicting; the victim stays, the
 * cache may exceed its bound, and the next arrival tries again.
 */
public final class Eviction {
  /** The most that {@code maxEntries} can be. */
  public static final int MAX_ENTRIES = Pages.MAX_ENTRIES;

  private static final int SPINS = 64;
  private static final int YIELDS = 64;
  private static final long PAUSE_NANOS = 20_000;

  /** How often a call does what others left behind, if somebody else can do it. */
  private static final int ROUNDS = 16;

  private final Evictor evictor;
  private final int maxEntries;
  private final int batch;
  private final Victims victims;
  private final RecordedEvictions recorded;
  private final Gate gate = Gate.of();
  private BoundedNode newest; // guarded by gate
  private volatile boolean overfull;

  /** Makes the bound of a cache with a policy of one's own. */
  Eviction(
      Evictor evictor, long maxEntries, int batch, RecordedEvictions recorded, Victims victims) {
    if (maxEntries < 1 || maxEntries > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "maxEntries: expected 1 to "
              + MAX_ENTRIES
              + " entries, found "
              + maxEntries
              + "; policy NO keeps none, policy INF has no bound");
    }
    if (batch < 1) {
      throw new IllegalArgumentException(
          "batch: expected at least 1 victim per round, found " + batch);
    }
    this.evictor = evictor;
    this.maxEntries = (int) maxEntries;
    this.batch = batch;
    this.victims = victims;
    this.recorded = recorded;
  }

  /**
   * Makes the bound of a cache.
   *
   * @param policy LRU, LFU, MRU or RR
   * @param maxEntries how many entries may be resident, 1 to {@link #MAX_ENTRIES}
   * @param batch how many victims a round evicts, at least 1; if there are no more, all
   * @param seed of the random choice, for RR
   * @param recorded tells the flight recorder
   * @param victims the table
   * @throws IllegalArgumentException if a number is out of range, or the policy evicts nothing
   */
  public static Eviction of(
      EvictionPolicy policy,
      long maxEntries,
      int batch,
      long seed,
      RecordedEvictions recorded,
      Victims victims) {
    Evictor evictor =
        switch (policy) {
          case LRU -> new LruEvictor();
          case LFU -> new LfuEvictor(/* sparesNewest= */ batch == 1);
          case MRU -> new MruEvictor();
          case RR -> new RandomEvictor(seed);
          case NO, INF ->
              throw new IllegalArgumentException(
                  "policy: expected LRU, LFU, MRU or RR, found "
                      + policy
                      + ", which has no victims");
        };
    return new Eviction(evictor, maxEntries, batch, recorded, victims);
  }

  /**
   * Records that an entry was used. For any thread, with or without the key's lock; no allocation.
   *
   * <p>A node that was not {@linkplain #added added} yet is passed over: arriving is its one use.
   * Its slot is read without the lock, so a hit that races with the arrival may be lost.
   */
  public void hit(BoundedNode node) {
    if (node.slot != 0 && evictor.recordHit(node)) {
      tend();
    }
  }

  /**
   * Takes in a node that got its first value, and evicts until the bound is met.
   *
   * <p>The caller has freed the lock of the node's key, or the new entry can't be the victim.
   */
  public void added(BoundedNode node) {
    submit(node);
  }

  /** Forgets a node that the caller has retired; not for victims. */
  public void removed(BoundedNode node) {
    submit(node);
  }

  /**
   * Returns whether evictions wait until the lock of some key is freed. Whoever frees one asks this
   * afterwards, and calls {@link #settle} if so.
   */
  public boolean isOverfull() {
    return overfull;
  }

  /** Evicts what could not be evicted while it was in use. */
  public void settle() {
    if (overfull) {
      gate.call();
      tend();
    }
  }

  /** Returns how many entries are tracked; while other threads are at work, roughly. */
  public long size() {
    return gate.size();
  }

  /**
   * Replaces the random choice of RR: the operator is given the number of slots and returns one,
   * counted from 0. {@link RandomEvictor} tells which node has which slot.
   */
  void chooseBy(IntUnaryOperator chooser) {
    if (!(evictor instanceof RandomEvictor random)) {
      throw new IllegalStateException(
          "policy: expected RR to choose for, found " + evictor.getClass().getSimpleName());
    }
    random.chooseBy(chooser);
  }

  /**
   * Returns the slot of a node, counted from 0, or -1 if it is not tracked; for RR, at rest or by
   * the chooser.
   */
  int slotOf(BoundedNode node) {
    return node.slot - 1;
  }

  private void submit(BoundedNode node) {
    if (gate.tryLock()) {
      attend(node);
      return;
    }
    gate.push(node);
    tend();
    for (int i = 0; gate.isCrowded(); i++) {
      if (i < SPINS) {
        Thread.onSpinWait();
      } else {
        gate.beginPause();
        pause(i < SPINS + YIELDS);
        gate.endPause();
      }
      tend();
    }
  }

  /**
   * Lets others run. The holder of the lock may be ready and lack a processor: yielding gives it
   * one at once, where a pause of the shortest time would last much longer.
   */
  @SuppressWarnings("ThreadPriorityCheck") // it is about speed alone, and does not go on for long
  private void pause(boolean isShort) {
    if (isShort) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  private void tend() {
    if (gate.tryLock()) {
      attend(null);
    }
  }

  /**
   * Does what there is to do, and frees the lock, which the caller has taken. If more keeps coming,
   * it is left after a while to a thread that pauses, and will look after its pause.
   *
   * @param node one that has changed, or null
   */
  private void attend(BoundedNode node) {
    Throwable failure = null;
    BoundedNode own = node;
    int rounds = 0;
    do {
      try {
        work(own);
      } catch (RuntimeException | Error e) {
        overfull = false;
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      } finally {
        gate.publishSize(evictor.size());
        gate.unlock();
      }
      own = null;
      rounds++;
    } while (gate.hasWork() && !(rounds >= ROUNDS && gate.isAwaited()) && gate.tryLock());
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  private void work(BoundedNode own) {
    for (BoundedNode node = gate.takeAll(); node != null; ) {
      BoundedNode next = gate.release(node);
      register(node);
      node = next;
    }
    if (own != null) {
      register(own);
    }
    evictor.catchUp();
    boolean met = evictRound();
    if (!met && !overfull) {
      overfull = true;
      met = evictRound();
    }
    if (met && overfull) {
      overfull = false;
    }
  }

  private void register(BoundedNode node) {
    boolean tracked = node.slot != 0;
    boolean retired = node.isRetired();
    if (retired && tracked) {
      forget(node);
    } else if (!retired && !tracked) {
      evictor.add(node);
      newest = node;
    }
  }

  private void forget(BoundedNode node) {
    evictor.remove(node);
    if (node == newest) {
      newest = null;
    }
  }

  /** Evicts until the bound is met; returns false if it is not, as all that are left are in use. */
  private boolean evictRound() {
    if (evictor.size() <= maxEntries) {
      return true;
    }
    BoundedNode spared = newest;
    RecordedEvictions.Round round = recorded.begin(/* purge= */ false);
    try {
      while (evictor.size() > maxEntries) {
        for (int evicted = 0; evicted < batch; ) {
          BoundedNode victim = evictor.victim(spared);
          if (victim == null) {
            return evictor.size() <= maxEntries;
          }
          if (victims.evict(victim)) {
            forget(victim);
            evicted++;
            round.victim();
          } else if (victim.isRetired()) {
            forget(victim);
          }
        }
      }
      return true;
    } finally {
      evictor.endRound();
      round.end();
    }
  }
}
