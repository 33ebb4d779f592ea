package io.klepto.jcache.entry;

/** A node of a cache whose entries expire or are archived. */
public final class TimedNode extends Node {
  private volatile long deadlineNanos = Long.MAX_VALUE;
  private int archivedIn; // guarded by the node's lock
  private long archivedVersion; // guarded by the node's lock
  private volatile int archivedDeadline = CoarseDeadline.of(Long.MAX_VALUE);

  /** Makes a placeholder that the current thread has locked already. */
  public TimedNode(Object key) {
    super(key);
  }

  @Override
  public long deadlineNanos() {
    return deadlineNanos;
  }

  @Override
  public void setDeadlineNanos(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
    this.archivedDeadline = CoarseDeadline.of(deadlineNanos);
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
    this.archivedDeadline = CoarseDeadline.of(deadlineNanos);
  }

  @Override
  public boolean isDeadlineMoved() {
    return CoarseDeadline.isMoved(archivedDeadline);
  }

  @Override
  public void moveDeadlineNanos(long deadlineNanos) {
    if (this.deadlineNanos != deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
      this.archivedDeadline = CoarseDeadline.moved(archivedDeadline);
    }
  }

  @Override
  public long archivedDeadlineNanos() {
    return CoarseDeadline.nanos(archivedDeadline);
  }
}
