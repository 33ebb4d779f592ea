package io.klepto.jcache.entry;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A node of a cache whose entries expire, and which has no archive. */
public class ExpiringNode extends Node {
  private static final VarHandle DEADLINE;

  static {
    try {
      DEADLINE =
          MethodHandles.lookup().findVarHandle(ExpiringNode.class, "deadlineNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // through DEADLINE: reads move it without the lock
  private long deadlineNanos = Long.MAX_VALUE;

  /** Makes a placeholder that the current thread has locked already. */
  public ExpiringNode(Object key) {
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
