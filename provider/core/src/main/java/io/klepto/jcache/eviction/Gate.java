package io.klepto.jcache.eviction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The lock of an {@link Eviction}, and the nodes that came while another thread held it.
 *
 * <p>The lock is one field, taken by compare-and-set and never waited for: who does not get it
 * leaves its node on a stack, for the holder to find. The stack is linked through {@code pending}
 * of the nodes. A node is on it at most once: whoever turns {@code pending} from null has claimed
 * it.
 *
 * <p><b>No node is overlooked.</b> One thread pushes (writes {@code top}) and then tries the lock;
 * the other frees the lock and then looks at {@code top}. All of these are volatile accesses, so
 * either the first finds the lock free or the second finds the node. The same goes for a node that
 * changes while it is on the stack: the holder resets {@code pending} before it looks at the node's
 * state, and who changes the state does so before it tries to push. Whoever frees the lock and then
 * reads that somebody pauses may leave: the pause ends after that, and the lock is tried after it.
 */
class Gate extends Padding {
  /** Beyond so many nodes on the stack, who brings more should wait. */
  private static final int CROWD = 64;

  private static final VarHandle HOLDER;
  private static final VarHandle TOP;
  private static final VarHandle WAITING;
  private static final VarHandle PAUSING;
  private static final VarHandle SIZE;
  private static final VarHandle PENDING;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HOLDER = lookup.findVarHandle(Gate.class, "holder", Thread.class);
      TOP = lookup.findVarHandle(Gate.class, "top", BoundedNode.class);
      WAITING = lookup.findVarHandle(Gate.class, "waiting", int.class);
      PAUSING = lookup.findVarHandle(Gate.class, "pausing", int.class);
      SIZE = lookup.findVarHandle(Gate.class, "size", int.class);
      PENDING = lookup.findVarHandle(BoundedNode.class, "pending", BoundedNode.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Thread holder;
  private volatile BoundedNode top;
  private volatile int waiting;
  private volatile int pausing;
  private volatile boolean called;

  @SuppressWarnings("UnusedVariable") // through SIZE
  private int size;

  private Gate() {}

  /** Makes a gate that nobody holds. */
  static Gate of() {
    return new Padded();
  }

  /** Takes the lock if it is free; it is not reentrant. */
  final boolean tryLock() {
    return holder == null && HOLDER.compareAndSet(this, (Thread) null, Thread.currentThread());
  }

  /** Frees the lock; the caller holds it, and must look for {@linkplain #hasWork work} then. */
  final void unlock() {
    holder = null;
  }

  /** Leaves a node to whoever holds the lock next, unless it is on the stack already. */
  final void push(BoundedNode node) {
    if (!PENDING.compareAndSet(node, (BoundedNode) null, node)) {
      return;
    }
    WAITING.getAndAdd(this, 1);
    BoundedNode beneath;
    do {
      beneath = top;
      node.pending = beneath == null ? node : beneath;
    } while (!TOP.compareAndSet(this, beneath, node));
  }

  /** Asks whoever holds the lock next to try the evictions once more that were refused. */
  final void call() {
    called = true;
  }

  /** Returns whether there is something to do for whoever can take the lock. */
  final boolean hasWork() {
    return top != null || called;
  }

  /** Returns whether the current thread should wait until the stack is shorter. */
  final boolean isCrowded() {
    return waiting > CROWD && holder != Thread.currentThread();
  }

  /** Says that the current thread will try the lock once more when it has called the other. */
  final void beginPause() {
    PAUSING.getAndAdd(this, 1);
  }

  /** Ends a pause; the caller tries the lock next. */
  final void endPause() {
    PAUSING.getAndAdd(this, -1);
  }

  /** Returns whether another thread will try the lock, after it was freed by who asks. */
  final boolean isAwaited() {
    return pausing > 0;
  }

  /**
   * Takes all nodes off the stack, and answers calls; the caller holds the lock.
   *
   * @return the node that came first, linked to the next by {@link #release}; null if there is none
   */
  final BoundedNode takeAll() {
    if (called) {
      called = false;
    }
    if (top == null) {
      return null;
    }
    BoundedNode node = (BoundedNode) TOP.getAndSet(this, (BoundedNode) null);
    BoundedNode first = null;
    int taken = 0;
    boolean more = true;
    while (more) {
      BoundedNode beneath = node.pending;
      more = beneath != node;
      node.pending = first == null ? node : first;
      first = node;
      node = beneath;
      taken++;
    }
    WAITING.getAndAdd(this, -taken);
    return first;
  }

  /** Lets go of a node that was taken, so that it can be pushed again; returns the next one. */
  final BoundedNode release(BoundedNode node) {
    BoundedNode next = node.pending;
    PENDING.setVolatile(node, (BoundedNode) null);
    return next == node ? null : next;
  }

  /** Makes the number of tracked nodes known; the caller holds the lock. */
  final void publishSize(int tracked) {
    SIZE.setOpaque(this, tracked);
  }

  /** Returns the number of tracked nodes that was made known last. */
  final int size() {
    return (int) SIZE.getOpaque(this);
  }

  /** Room behind the fields. */
  @SuppressWarnings("unused")
  private static final class Padded extends Gate {
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
