package io.klepto.archive.log;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of an archive: at any moment one thread of one process changes the file.
 *
 * <p>The threads of one engine queue up their tasks, and the one that leads takes the lock among
 * processes, which {@link Tenure} tells of, and runs those of the others too, for two milliseconds
 * at most. While the lock is kept for the next change, a daemon thread watches, which gives it back
 * when no change has come for a while; it leads as the others do, so it never strikes a change. It
 * ends when there was nothing to watch for a second.
 *
 * <p>Safe for use by many threads; an interrupt ends no wait. Not reentrant.
 */
final class ArchiveLock implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(ArchiveLock.class.getName());
  private static final int MOST_TASKS = 512;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long WATCH_NANOS = TimeUnit.MICROSECONDS.toNanos(250);
  private static final long NOTHING_TO_WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final ConcurrentLinkedQueue<Task<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final Tenure tenure; // guarded by leading
  private Thread watcher; // guarded by leading
  private boolean closed; // guarded by leading
  private volatile boolean idle; // whether the watcher has nothing to watch

  private ArchiveLock(Path file) throws IOException {
    this.file = file;
    this.tenure = new Tenure(file);
  }

  /** Opens the lock in a file, making it if it is missing. */
  static ArchiveLock open(Path file) throws IOException {
    return new ArchiveLock(file);
  }

  /** Something to be done with the lock held. */
  interface Action<T> {
    T run() throws IOException;
  }

  private static final class Task<T> {
    private final Thread owner = Thread.currentThread();
    private final Action<T> action;
    private T result;
    private Throwable failure;
    private volatile boolean done;

    Task(Action<T> action) {
      this.action = action;
    }

    void run() {
      try {
        result = action.run();
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
      }
      done = true;
    }

    T outcome() throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      return result;
    }
  }

  /**
   * Does something with the lock held, in this thread or in another that has it.
   *
   * @throws ArchiveException if somebody else kept the lock for two minutes
   */
  <T> T whileHolding(Action<T> action) throws IOException {
    Task<T> task = new Task<>(action);
    queue.add(task);
    boolean interrupted = false;
    try {
      while (!task.done) {
        if (leading.compareAndSet(false, true)) {
          lead(task);
        } else if (!task.done) {
          LockSupport.park(this);
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return task.outcome();
  }

  /** Does something with the lock held if nobody has it now, and returns whether it did. */
  boolean tryWhileHolding(Action<?> action) throws IOException {
    if (!leading.compareAndSet(false, true)) {
      return false;
    }
    try {
      if (!tenure.tryTake()) {
        return false;
      }
      try {
        action.run();
      } finally {
        tenure.rest();
      }
      watchIfHeld();
      return true;
    } finally {
      endLeading();
    }
  }

  private void lead(Task<?> own) throws IOException {
    try {
      if (!own.done) {
        tenure.take();
        try {
          runTasks();
        } finally {
          tenure.rest();
        }
        watchIfHeld();
      }
    } catch (IOException | RuntimeException | Error e) {
      queue.remove(own); // the lock could not be had: its caller gets the exception
      throw e;
    } finally {
      endLeading();
    }
  }

  private void endLeading() {
    leading.set(false);
    Task<?> next = queue.peek();
    if (next != null) {
      LockSupport.unpark(next.owner);
    }
  }

  /** Tells on which head those who want the lock of another process leave word, or null. */
  void announceOn(HeadV1 head) {
    tenure.announceOn(head);
  }

  /** Returns since when the lock was held without a break, as a number. Called with it held. */
  long tenure() {
    return tenure.number();
  }

  private void runTasks() {
    long start = System.nanoTime();
    int count = 0;
    Task<?> task = queue.poll();
    while (task != null) {
      task.run();
      if (task.owner != Thread.currentThread()) {
        LockSupport.unpark(task.owner);
      }
      count++;
      boolean enough = count >= MOST_TASKS || System.nanoTime() - start > LONGEST_NANOS;
      task = enough ? null : queue.poll();
    }
  }

  private void watchIfHeld() throws IOException {
    if (!tenure.isHeld()) {
      return;
    }
    if (watcher == null) {
      startWatching();
    } else if (idle) {
      idle = false;
      LockSupport.unpark(watcher);
    }
  }

  private void startWatching() throws IOException {
    Thread thread = new Thread(this::watch, "klepto-lock-" + file.getFileName());
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    idle = false;
    boolean started = false;
    try {
      thread.start();
      watcher = thread;
      started = true;
    } finally {
      if (!started) {
        tenure.giveBack();
      }
    }
  }

  private void watch() {
    boolean watching = true;
    while (watching) {
      LockSupport.parkNanos(this, idle ? NOTHING_TO_WATCH_NANOS : WATCH_NANOS);
      if (leading.compareAndSet(false, true)) {
        try {
          watching = giveBackIfUnused();
        } finally {
          endLeading();
        }
      }
    }
  }

  /** Returns whether to watch on. Called by the watcher, leading. */
  private boolean giveBackIfUnused() {
    if (tenure.isHeld()) {
      idle = false;
      if (System.nanoTime() - tenure.restedNanos() >= WATCH_NANOS) {
        giveBack();
      }
      return true;
    }
    boolean over = closed || System.nanoTime() - tenure.restedNanos() >= NOTHING_TO_WATCH_NANOS;
    idle = true;
    if (over) {
      watcher = null;
    }
    return !over;
  }

  private void giveBack() {
    try {
      tenure.giveBack();
    } catch (IOException | RuntimeException e) {
      LOGGER.log(WARNING, "cannot give back the lock on " + file, e);
    }
  }

  /** Lets go of the file. Nobody may hold or wait for the lock. */
  @Override
  public void close() throws IOException {
    while (!leading.compareAndSet(false, true)) {
      Thread.onSpinWait(); // the watcher leads for a moment
    }
    try {
      closed = true;
      LockSupport.unpark(watcher);
      tenure.close();
    } finally {
      endLeading();
    }
  }
}
