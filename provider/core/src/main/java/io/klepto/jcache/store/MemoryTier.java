package io.klepto.jcache.store;

import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.EvictionSettings;
import io.klepto.jcache.entry.ExpiringNode;
import io.klepto.jcache.entry.KeyLocks;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.entry.NodeTable;
import io.klepto.jcache.entry.TimedNode;
import io.klepto.jcache.eviction.BoundedNode;
import io.klepto.jcache.eviction.Eviction;
import io.klepto.jcache.eviction.ExpiringBoundedNode;
import io.klepto.jcache.eviction.TimedBoundedNode;
import io.klepto.jcache.jfr.RecordedEvictions;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The entries in memory: a table of nodes, each with the lock of its key, bounded by a policy.
 *
 * <p><b>Reading</b> needs no lock: {@link #find}, then the node's value. <b>Changing</b> goes
 * between {@link #lock} and {@link #release}: locking an absent key puts a placeholder into the
 * table, so that a key has a lock whether or not it has a value, and releasing a node without a
 * value takes it out again. Whoever holds one key may lock another; {@link #lockAll} takes many
 * without holding one while it waits for the next, so that no two callers can wait for each other.
 *
 * <p><b>Eviction</b> is done by the thread that has just released a new entry, never while that
 * entry's lock is held, and it only tries the locks of its victims: an entry in use is passed over
 * and comes up again when it is released. Nodes in the table are never retired, and retired nodes
 * are never in the table, except for the moment between the two steps of {@link #drop}, in which
 * nobody else can lock the node.
 */
public final class MemoryTier {
  private final NodeTable table = new NodeTable();
  private final KeyLocks locks = new KeyLocks();
  private final Keys<?> keys;
  private final boolean timed;
  private final boolean archived;
  private final Eviction eviction;
  private final RecordedEvictions recorded;
  private final boolean keepsNothing;
  private final boolean purges;
  private final AtomicBoolean purgeDue = new AtomicBoolean();
  private volatile boolean closed;
  private final Leaving leaving;

  /** Is asked before entries leave memory for want of room. */
  @FunctionalInterface
  public interface Leaving {
    /**
     * Does what has to be done while the entry is still there and its lock held.
     *
     * @throws RuntimeException if it could not be done: the entry stays then
     */
    void beforeEviction(Node node);

    /** Returns whether a purge is to be one: if not, it evicts one entry as others do. */
    default boolean mayPurge() {
      return false;
    }
  }

  /**
   * Makes an empty tier.
   *
   * @param keys copies keys that come into the table
   * @param settings how it is bounded, and whether it is purged
   * @param timed whether entries expire
   * @param archived whether they may be in an archive, and then may expire too
   * @param recorded tells the flight recorder of evictions
   * @param leaving is asked before each eviction
   */
  public MemoryTier(
      Keys<?> keys,
      EvictionSettings settings,
      boolean timed,
      boolean archived,
      RecordedEvictions recorded,
      Leaving leaving) {
    this.archived = archived;
    this.purges = settings.isBounded() && settings.purge();
    this.keys = keys;
    this.leaving = leaving;
    this.keepsNothing = settings.policy() == EvictionPolicy.NO;
    this.timed = timed;
    this.recorded = recorded;
    this.eviction =
        settings.isBounded()
            ? Eviction.of(
                settings.policy(),
                settings.maxEntries(),
                settings.batch(),
                settings.seed(),
                recorded,
                this::evict)
            : null;
  }

  /** Makes a placeholder that the current thread has locked, with no more than its cache needs. */
  private Node placeholder(Object key) {
    Object kept = keys.keep(key);
    if (eviction == null) {
      return archived ? new TimedNode(kept) : timed ? new ExpiringNode(kept) : new Node(kept);
    } else if (archived) {
      return new TimedBoundedNode(kept);
    }
    return timed ? new ExpiringBoundedNode(kept) : new BoundedNode(kept);
  }

  /** Returns the node of a key, or null. A node may be a placeholder: look at its value. */
  public Node find(Object key) {
    return table.find(key);
  }

  /** Returns the table, for look-ups alone. */
  public NodeTable table() {
    return table;
  }

  /** Returns what is told of hits, or null if nobody is. */
  public Eviction evictionOrNull() {
    return eviction;
  }

  /** Records that an entry was used. */
  public void used(Node node) {
    if (eviction != null) {
      eviction.hit((BoundedNode) node);
    }
  }

  /**
   * Locks a key, waiting if it must, and returns its node, a placeholder if it was absent.
   *
   * @throws IllegalStateException if the current thread has locked the key already, or the tier is
   *     closed
   */
  public Node lock(Object key) {
    while (true) {
      Node found = table.find(key);
      if (found == null) {
        Node fresh = placeholder(key);
        found = table.putIfAbsent(fresh);
        if (found == null) {
          return checkedOpen(fresh);
        }
      }
      if (locks.lock(found)) {
        return checkedOpen(found);
      }
    }
  }

  /** Returns a node that was just locked; if the tier is closed by now, unlocks it and throws. */
  private Node checkedOpen(Node locked) {
    if (closed) {
      release(locked, locked.value());
      throw new IllegalStateException("the cache is closed");
    }
    return locked;
  }

  /** Locks a key that has a node, waiting if it must; returns null if it has none. */
  public Node lockPresent(Object key) {
    while (true) {
      Node found = table.find(key);
      if (found == null || locks.lock(found)) {
        return found;
      }
    }
  }

  /**
   * Locks many keys, as {@link ManyLocks} says.
   *
   * @param distinctKeys keys of the table, no two equal
   * @return their nodes, in the order of the keys
   * @throws IllegalStateException if the tier is closed
   */
  public List<Node> lockAll(Collection<?> distinctKeys) {
    return new ManyLocks(this, distinctKeys).take();
  }

  boolean isClosed() {
    return closed;
  }

  /** Locks a key if nobody has it; returns its node, or null. */
  public Node tryLock(Object key) {
    Node found = table.find(key);
    if (found == null) {
      Node fresh = placeholder(key);
      found = table.putIfAbsent(fresh);
      if (found == null) {
        return fresh;
      }
    }
    return found.tryLock() ? found : null; // ManyLocks looks whether the tier is closed
  }

  /**
   * Unlocks a node. Without a value, it leaves the table; with a new one, it may cost others their
   * place.
   *
   * @param before the value that the node had when it was locked, null if none
   */
  public void release(Node node, Object before) {
    Object after = node.value();
    if (after == null) {
      drop(node);
      if (before != null && eviction != null) {
        eviction.removed((BoundedNode) node);
      }
    } else if (keepsNothing) {
      letGo(node);
    } else {
      locks.unlock(node);
      if (eviction != null) {
        settle((BoundedNode) node, before == null);
      }
    }
  }

  /**
   * Unlocks many nodes, all of them even if an eviction fails that one of them causes; throws the
   * first failure after that.
   *
   * @param befores the values that they had when they were locked, in the same order, null if none
   */
  public void releaseAll(List<Node> locked, List<?> befores) {
    Throwable failure = null;
    for (int i = 0; i < locked.size(); i++) {
      try {
        release(locked.get(i), befores.get(i));
      } catch (RuntimeException | Error e) {
        failure = first(failure, e);
      }
    }
    throwIfAny(failure);
  }

  private static Throwable first(Throwable firstOrNull, Throwable next) {
    if (firstOrNull == null) {
      return next;
    } else if (firstOrNull != next) {
      firstOrNull.addSuppressed(next);
    }
    return firstOrNull;
  }

  private static void throwIfAny(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }

  private void settle(BoundedNode node, boolean isNew) {
    if (isNew) {
      eviction.added(node);
    } else if (eviction.isOverfull()) {
      eviction.settle();
    }
    if (purges && purgeDue.compareAndSet(true, false)) {
      purge();
    }
  }

  /**
   * Evicts all that is left after a victim went, but for what is in use. Waits for nobody: the
   * current thread may hold other keys.
   */
  private void purge() {
    Throwable failure = null;
    RecordedEvictions.Round round = recorded.begin(/* purge= */ true);
    for (Node node : table) {
      if (node.value() != null && node.tryLock()) {
        try {
          letGo(node);
          round.victim();
          eviction.removed((BoundedNode) node);
        } catch (RuntimeException e) {
          failure = first(failure, e);
        }
      }
    }
    round.end();
    throwIfAny(failure);
  }

  private void drop(Node node) {
    node.setValue(null);
    table.remove(node);
    locks.retire(node);
  }

  private boolean evict(BoundedNode node) {
    if (!node.tryLock()) {
      return false;
    }
    letGo(node);
    if (purges && leaving.mayPurge()) {
      purgeDue.set(true);
    }
    return true;
  }

  private void letGo(Node node) {
    try {
      leaving.beforeEviction(node);
    } catch (Throwable e) {
      locks.unlock(node);
      throw e;
    }
    drop(node);
  }

  /** Empties memory key by key; a key that is being changed is waited for. */
  public void clear() {
    for (Node node : table) {
      if (locks.lock(node)) {
        Object before = node.value();
        node.setValue(null);
        release(node, before);
      }
    }
  }

  /**
   * Refuses locks from here on. A node that was locked before, and will be changed, is in the table
   * already: who walks over the nodes after this, and waits for their locks, misses no change.
   */
  public void close() {
    closed = true;
  }

  /**
   * Waits until nobody works on an entry, the current thread apart; after {@link #close}, nobody
   * will again.
   */
  public void awaitUsers() {
    for (Node node : table) {
      if (!node.isHeldByCurrentThread() && locks.lock(node)) {
        release(node, node.value());
      }
    }
  }

  /** Lets all entries go at once, without waiting for anybody; after {@link #close}. */
  public void letGo() {
    table.letGo();
  }

  /** Returns a weakly consistent walk over the nodes, placeholders included. */
  public Iterator<Node> nodes() {
    return table.iterator();
  }

  /** Returns the number of entries, expired ones included; exact if nobody else is at work. */
  public long size() {
    return table.size();
  }
}
