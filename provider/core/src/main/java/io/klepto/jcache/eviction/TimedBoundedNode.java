package io.klepto.jcache.eviction;

import io.klepto.jcache.entry.CoarseDeadline;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A node of a bounded cache whose entries are archived. */
public final class TimedBoundedNode extends ExpiringBoundedNode {
  private static final VarHandle ARCHIVED_DEADLINE;

  static {
    try {
      ARCHIVED_DEADLINE =
          MethodHandles.lookup()
              .findVarHandle(TimedBoundedNode.class, "archivedDeadline", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int archivedIn; // guarded by the node's lock
  private long archivedVersion; // guarded by the node's lock

  @SuppressWarnings("UnusedVariable") // through ARCHIVED_DEADLINE
  private int archivedDeadline = CoarseDeadline.of(Long.MAX_VALUE);

  /** Makes a placeholder that the current thread has locked already. */
  public TimedBoundedNode(Object key) {
    super(key);
  }

  @Override
  public void setDeadlineNanos(long deadlineNanos) {
    super.setDeadlineNanos(deadlineNanos);
    ARCHIVED_DEADLINE.setOpaque(this, CoarseDeadline.of(deadlineNanos));
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
    ARCHIVED_DEADLINE.setOpaque(this, CoarseDeadline.of(deadlineNanos()));
  }

  @Override
  public boolean isDeadlineMoved() {
    return CoarseDeadline.isMoved(archivedDeadline());
  }

  @Override
  public void moveDeadlineNanos(long deadlineNanos) {
    if (deadlineNanos() != deadlineNanos) {
      super.moveDeadlineNanos(deadlineNanos);
      ARCHIVED_DEADLINE.setOpaque(this, CoarseDeadline.moved(archivedDeadline()));
    }
  }

  @Override
  public long archivedDeadlineNanos() {
    return CoarseDeadline.nanos(archivedDeadline());
  }

  private int archivedDeadline() {
    return (int) ARCHIVED_DEADLINE.getOpaque(this);
  }
}
