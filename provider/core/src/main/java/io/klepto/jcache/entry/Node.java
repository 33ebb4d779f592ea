package io.klepto.jcache.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One entry in memory: the key, the value, and the lock of the key.
 *
 * <p>A node begins as a placeholder without a value, made by whoever locks an absent key; it
 * becomes resident when a value is set, and ends retired: out of the table for good. A key that
 * comes back gets a new node. No node comes back from retirement.
 *
 * <p><b>Who may do what.</b> Anybody may read {@link #value} at any time, without the lock: null
 * means absent. Only the holder of the lock may set the value, change the deadline, or retire the
 * node. The write of the value is a release and its read an acquire, so that a reader sees the
 * value as its writer left it.
 *
 * <p><b>The lock</b> is the field {@code owner}: null if free, the holding thread, or {@link
 * #RETIRED}, which can't be taken. It is not reentrant. Blocking is {@link KeyLocks}' part.
 */
public class Node {
  /** The owner of a node that is out of the table for good. */
  static final Object RETIRED = new Object();

  private static final VarHandle VALUE;
  private static final VarHandle OWNER;
  private static final VarHandle NEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      VALUE = lookup.findVarHandle(Node.class, "value", Object.class);
      OWNER = lookup.findVarHandle(Node.class, "owner", Object.class);
      NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object key;
  private final int hash;

  @SuppressWarnings("UnusedVariable") // through VALUE
  private Object value;

  @SuppressWarnings("UnusedVariable") // through OWNER
  private Object owner;

  @SuppressWarnings("UnusedVariable") // through NEXT
  private Node next;

  /** Makes a placeholder that the current thread has locked already. */
  public Node(Object key) {
    this(key, hashOf(key));
  }

  /** Makes a node with a hash that may be the key's own or that of no key. */
  Node(Object key, int hash) {
    this.key = key;
    this.hash = hash;
    OWNER.set(this, Thread.currentThread());
  }

  /** Returns the hash of a key as a table uses it: at least 0, with the upper bits mixed in. */
  static int hashOf(Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & Integer.MAX_VALUE;
  }

  final int hash() {
    return hash;
  }

  /** Returns the next node of the chain in the table, or null; see {@link NodeTable}. */
  final Node next() {
    return (Node) NEXT.getAcquire(this);
  }

  final void setNext(Node next) {
    NEXT.setRelease(this, next);
  }

  /** Returns the key as the table knows it. */
  public final Object key() {
    return key;
  }

  /** Returns the value, or null if there is none. */
  public final Object value() {
    return VALUE.getAcquire(this);
  }

  /** Sets the value; the caller holds the lock. */
  public final void setValue(Object newValue) {
    VALUE.setRelease(this, newValue);
  }

  /** Takes the lock if it is free. */
  public final boolean tryLock() {
    return OWNER.compareAndSet(this, (Object) null, (Object) Thread.currentThread());
  }

  /** Lets go of the lock, with full ordering against the reads that follow. */
  public final void unlock() {
    OWNER.setVolatile(this, null);
  }

  /** Drops the value and ends the node; the caller holds the lock, and nobody does from here on. */
  public final void retire() {
    VALUE.setRelease(this, null);
    OWNER.setVolatile(this, RETIRED);
  }

  /** Returns whether the node has ended. */
  public final boolean isRetired() {
    return OWNER.getVolatile(this) == RETIRED;
  }

  /** Returns whether the current thread holds the lock. */
  public final boolean isHeldByCurrentThread() {
    return OWNER.getOpaque(this) == Thread.currentThread();
  }

  /** Returns the moment at which the value expires, in nanoseconds of the cache's clock. */
  public long deadlineNanos() {
    return Long.MAX_VALUE;
  }

  /**
   * Sets the moment at which the value expires, the same as in the archive if the value is; the
   * caller holds the lock, or accepts a race.
   */
  public void setDeadlineNanos(long deadlineNanos) {
    throw new UnsupportedOperationException("entries of this cache do not expire");
  }

  /** Returns in which attachment of an archive the value was last the same there; 0 if in none. */
  public int archivedIn() {
    return 0;
  }

  /** Returns the version of the record that has the same value; 0 if unknown. */
  public long archivedVersion() {
    return 0;
  }

  /**
   * Says that the value, and the deadline, are the same in an archive; under the lock.
   *
   * @param attachment which attachment of an archive, 0 for none
   * @param version the version of the record there, 0 if unknown
   */
  public void setArchived(int attachment, long version) {
    throw new UnsupportedOperationException("entries of this cache are not archived");
  }

  /** Returns whether the deadline has moved since it was the same in the archive. */
  public boolean isDeadlineMoved() {
    return false;
  }

  /** Returns the deadline that the archive knows, a little early; see {@link CoarseDeadline}. */
  public long archivedDeadlineNanos() {
    return Long.MAX_VALUE;
  }

  /** Sets the deadline because of a read, which the archive has not heard of; needs no lock. */
  public void moveDeadlineNanos(long deadlineNanos) {
    setDeadlineNanos(deadlineNanos);
  }
}
