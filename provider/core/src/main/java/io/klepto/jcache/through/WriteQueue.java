package io.klepto.jcache.through;

import io.klepto.archive.ArchiveException;
import io.klepto.jcache.config.WriteBehind;
import io.klepto.keymap.KeyBytes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes on their way to one archive: a bounded queue with one write for each key.
 *
 * <p>A write is <em>pending</em>, then <em>in flight</em> in the one batch that is being written,
 * and then gone, or <em>refused</em> if the archive did not take it. A later write to a pending key
 * takes its place; one to a key in flight waits behind it; one to a refused key replaces it. So
 * there is never a batch with two writes to a key, and they reach the archive in their order.
 *
 * <p>All three count for the bound. Who finds the queue full waits until there is room; if the
 * archive refuses a batch meanwhile, that wait ends with an exception, and nothing was queued.
 *
 * <p>The writing thread is started when there is something to write, and ends when there was
 * nothing for a while. Any number of threads may call; {@code lock} guards all fields.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class WriteQueue<K, V> {
  /** How long the writing thread stays without work. */
  private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition(); // for the writing thread
  private final Condition again = lock.newCondition(); // for the writing thread before a retry
  private final Condition changed = lock.newCondition(); // for everybody else
  private final WriteBehind settings;
  private final Pauses pauses;
  private final Runnable starter;

  private final QueuedWrites<K, V> writes = new QueuedWrites<>();
  private ArchiveException lastRefusal;
  private long givenUp;
  private int hurried;
  private int closing;
  private boolean held;
  private boolean ended;
  private Thread writer;
  private boolean writing;

  /**
   * Makes an empty queue.
   *
   * @param starter starts a thread that {@link #take takes} until there is nothing
   */
  WriteQueue(WriteBehind settings, Pauses pauses, Runnable starter) {
    this.settings = settings;
    this.pauses = pauses;
    this.starter = starter;
  }

  /**
   * Queues a write, waiting for room if it must.
   *
   * @return false if the queue has ended, and the archive is to be written directly
   * @throws ArchiveException if the queue is full of what the archive refuses
   */
  boolean offer(QueuedWrite<K, V> write) {
    lock.lock();
    try {
      awaitRoomFor(write.id());
      if (ended) {
        return false;
      }
      writes.add(write);
      wakeWriter(writes.pending() == 1 || writes.pending() >= settings.batchSize());
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoomFor(KeyBytes id) {
    long givenUpBefore = givenUp;
    while (!ended && (isShut() || isFullFor(id)) && Thread.currentThread() != writer) {
      if (!isShut() && givenUp > givenUpBefore) {
        throw new ArchiveException(
            "write-behind: expected room for a write, found %d of %d places taken, %d of them by writes that the archive refused; see the cause, then dump the cache"
                .formatted(writes.size(), settings.maxQueued(), writes.refused()),
            lastRefusal);
      }
      if (!isShut() && writes.pending() == 0 && writes.inFlight() == 0) {
        writes.retryRefused();
      }
      hurrying(changed::awaitUninterruptibly);
    }
  }

  private boolean isShut() {
    return held || closing > 0;
  }

  private boolean isFullFor(KeyBytes id) {
    return writes.size() >= settings.maxQueued() && !writes.hasPlaceFor(id);
  }

  /** Waits while the writing thread does not linger. */
  private void hurrying(Runnable wait) {
    hurried++;
    wakeWriter(true);
    try {
      wait.run();
    } finally {
      hurried--;
    }
  }

  private void wakeWriter(boolean signal) {
    if (!writing && writes.pending() > 0) {
      writing = true;
      try {
        starter.run();
      } catch (Throwable e) {
        writing = false;
        throw e;
      }
    } else if (signal) {
      work.signal();
    }
  }

  /** Returns the write of a key that comes last, or null if none is queued. */
  QueuedWrite<K, V> find(KeyBytes id) {
    lock.lock();
    try {
      return writes.find(id);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the last write of each key that has one. */
  Map<KeyBytes, QueuedWrite<K, V>> snapshot() {
    lock.lock();
    try {
      return writes.snapshot();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the next batch, which is in flight from here on; empty if there was nothing for a
   * while: the writing thread has to end then.
   */
  List<QueuedWrite<K, V>> take() {
    lock.lock();
    try {
      writer = Thread.currentThread();
      boolean rested = false;
      boolean lingered = false;
      while (true) {
        if (held) {
          work.awaitUninterruptibly();
        } else if (writes.pending() == 0 && rested) {
          leave();
          return List.of();
        } else if (writes.pending() == 0) {
          rested = true;
          pause(work, IDLE_NANOS);
        } else if (!lingered && hurried == 0 && writes.pending() < settings.batchSize()) {
          lingered = true;
          pause(work, settings.linger().toNanos());
        } else {
          return writes.nextBatch(settings.batchSize());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    writer = null;
    writing = false;
  }

  private void pause(Condition until, long nanos) {
    try {
      pauses.await(until, nanos);
    } catch (InterruptedException e) {
      // Whoever interrupts this thread wants it to go on; it ends when there is nothing to write.
    }
  }

  /**
   * Waits before writes in flight are tried again. Other writes don't shorten that, or a busy cache
   * would use up its retries at once; who flushes does.
   */
  void pauseBeforeRetry(int retry) {
    lock.lock();
    try {
      pause(again, settings.pauseBefore(retry).toNanos());
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of a write in flight if a later one to its key is pending; returns whether. */
  boolean dropIfSuperseded(QueuedWrite<K, V> write) {
    lock.lock();
    try {
      boolean superseded = writes.isPending(write.id());
      if (superseded) {
        writes.land(write);
        changed.signalAll();
      }
      return superseded;
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of writes in flight that the archive has taken. */
  void written(Collection<QueuedWrite<K, V>> taken) {
    lock.lock();
    try {
      taken.forEach(writes::land);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps writes in flight that the archive does not take. */
  void refused(Map<QueuedWrite<K, V>, ArchiveException> failures) {
    lock.lock();
    try {
      failures.forEach(
          (write, failure) -> {
            writes.refuse(write);
            lastRefusal = failure;
            givenUp++;
          });
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the writing thread because of an error; the next write starts another. */
  void writerDied() {
    lock.lock();
    try {
      leave();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything that was queued before has been written or refused, what was refused
   * before included.
   *
   * @return what is refused now, empty if all is written
   */
  List<QueuedWrite<K, V>> flush() {
    lock.lock();
    try {
      requireNotWriter();
      writes.retryRefused();
      again.signal();
      long last = writes.lastPlace();
      while (writes.oldestPlace() <= last) {
        hurrying(changed::awaitUninterruptibly);
      }
      return writes.listRefused();
    } finally {
      lock.unlock();
    }
  }

  private void requireNotWriter() {
    if (Thread.currentThread() == writer) {
      throw new IllegalStateException(
          "write-behind: the thread that writes can't wait for itself; a listener for failed writes"
              + " must not call the cache");
    }
  }

  /**
   * Flushes, and ends the queue if all is written: writes go to the archive directly from here on.
   *
   * @param anyway whether to end it also if something is refused
   * @return what is refused
   */
  List<QueuedWrite<K, V>> end(boolean anyway) {
    lock.lock();
    try {
      requireNotWriter();
      closing++;
      try {
        List<QueuedWrite<K, V>> left = flush();
        ended |= anyway || left.isEmpty();
        return left;
      } finally {
        closing--;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Keeps everything away from the archive: returns when nothing is in flight. */
  void hold() {
    lock.lock();
    try {
      requireNotWriter();
      while (held) {
        changed.awaitUninterruptibly();
      }
      held = true;
      while (writes.inFlight() > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a {@link #hold}.
   *
   * @param empty whether to forget all writes, as the archive was cleared or is no more
   * @param end whether to end the queue
   */
  void release(boolean empty, boolean end) {
    lock.lock();
    try {
      held = false;
      ended |= end;
      if (empty) {
        writes.forget();
      }
      work.signal();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns why a write was refused last, or null. */
  ArchiveException lastRefusal() {
    lock.lock();
    try {
      return lastRefusal;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many keys have a write here. */
  int size() {
    lock.lock();
    try {
      return writes.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many writes were given up so far, each time they were. */
  long givenUp() {
    lock.lock();
    try {
      return givenUp;
    } finally {
      lock.unlock();
    }
  }
}
