package io.klepto.jcache;

import io.klepto.jcache.entry.CoarseDeadline;
import io.klepto.jcache.entry.Node;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.integration.CacheWriterException;

/**
 * Deadlines that move as entries are read, on their way to the archive. Each would be a write; so
 * one reaches the archive only when it is later than the archive's by a second, or by a sixteenth
 * of the time that the read grants, if that is more: the read that crosses the threshold pays. One
 * that is earlier reaches it at once. All others come with the dump of the entry: when it is
 * evicted, dumped, or the cache is closed.
 *
 * <p>So a process that is killed leaves deadlines that are early by that much at most. They are
 * never late, but for a deadline that a read made earlier by less than {@link
 * CoarseDeadline#STEP_NANOS}.
 *
 * <p>The archive's record is touched, not written again, and only if it is the same that memory
 * knows. That it can't be touched does not fail the read: its deadline stays an early one, which is
 * logged once and counted as a failed write.
 *
 * <p>Takes the lock of the key if it is free; otherwise the next read tries again. Any number of
 * threads may call.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class Touches<K, V> {
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int PARTS = 16;

  private final Tiers<K, V> tiers;
  private final Changes<K, V> changes;
  private final AtomicBoolean logged = new AtomicBoolean();

  Touches(Tiers<K, V> tiers) {
    this.tiers = tiers;
    this.changes = new Changes<>(tiers);
  }

  /** Is told that a read moved a deadline. */
  void moved(Node node, long deadlineNanos, long durationNanos) {
    long archived = node.archivedDeadlineNanos();
    if (deadlineNanos < archived
        || deadlineNanos - archived >= Math.max(LEAST_NANOS, durationNanos / PARTS)) {
      reach(node);
    }
  }

  private void reach(Node node) {
    if (node.isHeldByCurrentThread()) {
      touch(node);
    } else if (node.tryLock()) {
      V before = tiers.raw(node);
      try {
        touch(node);
      } finally {
        tiers.memory.release(node, before);
      }
    }
  }

  private void touch(Node node) {
    if (tiers.raw(node) == null
        || !node.isDeadlineMoved()
        || node.archivedIn() != tiers.archive.attachmentNumber()) {
      return;
    }
    try {
      tiers.archive.touch(
          tiers.keys.give(node.key()),
          node.archivedVersion(),
          changes.timesFor(node.deadlineNanos()));
      node.setArchived(node.archivedIn(), node.archivedVersion());
    } catch (CacheWriterException e) {
      if (logged.compareAndSet(false, true)) {
        System.getLogger(Touches.class.getName())
            .log(
                Level.WARNING,
                "an entry that was read keeps its earlier deadline in the archive; not logged"
                    + " again",
                e);
      }
    }
  }
}
