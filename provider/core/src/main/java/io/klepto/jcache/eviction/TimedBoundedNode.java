package io.klepto.jcache.eviction;

/** A node of a bounded cache whose entries expire or are archived. */
public final class TimedBoundedNode extends BoundedNode {
  private volatile long deadlineNanos = Long.MAX_VALUE;
  private int archivedIn; // guarded by the node's lock
  private long archivedVersion; // guarded by the node's lock
  private volatile boolean deadlineMoved;

  /** Makes a placeholder that the current thread has locked already. */
  public TimedBoundedNode(Object key) {
    super(key);
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public void setDeadlineNanos(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public int archivedIn() {
    return archivedIn;
  }

  @Override
  public long archivedVersion() {
    return archivedVersion;
  }

  @Override
  public void setArchived(int attachment, long version) {
    this.archivedIn = attachment;
    this.archivedVersion = version;
    this.deadlineMoved = false;
  }

  @Override
  public boolean isDeadlineMoved() {
    return deadlineMoved;
  }

  @Override
  public void moveDeadlineNanos(long deadlineNanos) {
    if (this.deadlineNanos != deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
      this.deadlineMoved = true;
    }
  }
}
