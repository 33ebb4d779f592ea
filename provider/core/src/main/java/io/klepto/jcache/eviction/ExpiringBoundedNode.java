package io.klepto.jcache.eviction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A node of a bounded cache whose entries expire, and which has no archive. */
public class ExpiringBoundedNode extends BoundedNode {
  private static final VarHandle DEADLINE;

  static {
    try {
      DEADLINE =
          MethodHandles.lookup()
              .findVarHandle(ExpiringBoundedNode.class, "deadlineNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // through DEADLINE: reads move it without the lock
  private long deadlineNanos = Long.MAX_VALUE;

  /** Makes a placeholder that the current thread has locked already. */
  public ExpiringBoundedNode(Object key) {
    super(key);
  }

  @Override
  public final long deadlineNanos() {
    return (long) DEADLINE.getOpaque(this);
  }

  @Override
  public void setDeadlineNanos(long deadlineNanos) {
    DEADLINE.setOpaque(this, deadlineNanos);
  }

  @Override
  public void moveDeadlineNanos(long deadlineNanos) {
    if (deadlineNanos() != deadlineNanos) {
      DEADLINE.setOpaque(this, deadlineNanos);
    }
  }
}
