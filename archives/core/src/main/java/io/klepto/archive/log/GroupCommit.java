package io.klepto.archive.log;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Brings what was appended to one file to the disk, for many threads with one call of the system.
 *
 * <p>The first to come leads: it forces all that is there; who comes meanwhile waits, and one of
 * them leads the next round for all. If the system fails to force, nobody can know what of the file
 * is on the disk, and a second try may succeed without having done anything. So the file is never
 * forced again; a compaction, which writes all of it anew, makes it good.
 *
 * <p>Safe for use by many threads; an interrupt ends no wait.
 */
final class GroupCommit {
  private final DataFile data;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition finished = lock.newCondition();
  private long forcedEnd; // guarded by lock
  private boolean forcing; // guarded by lock
  private IOException failure; // guarded by lock

  GroupCommit(DataFile data) {
    this.data = data;
  }

  /**
   * Returns once all before an offset is on the disk.
   *
   * @param end tells where the last append ended
   * @return up to where all is on the disk
   * @throws IOException if it can't be known to be
   */
  long await(long upTo, LongSupplier end) throws IOException {
    lock.lock();
    try {
      while (forcedEnd < upTo) {
        if (failure != null) {
          throw failure;
        }
        if (forcing) {
          finished.awaitUninterruptibly();
        } else {
          force(end.getAsLong());
        }
      }
      return forcedEnd;
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether a force has failed, so that the file is no longer to be trusted with more. */
  boolean isBroken() {
    lock.lock();
    try {
      return failure != null;
    } finally {
      lock.unlock();
    }
  }

  private void force(long target) {
    forcing = true;
    IOException failed = null;
    lock.unlock();
    try {
      data.force();
    } catch (IOException e) {
      failed = e;
    } finally {
      lock.lock();
      forcing = false;
      failure = failed;
      if (failed == null) {
        forcedEnd = Math.max(forcedEnd, target);
      }
      finished.signalAll();
    }
  }
}
