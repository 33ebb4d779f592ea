package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock of an archive: at any moment one thread of one process changes the file.
 *
 * <p>Among processes it is a byte of a lock file (see {@link KeyFileLocks}). Taking that costs more
 * than most of what is done under it, so the threads of one engine queue up their tasks, and the
 * one that has the lock runs those of the others too, for two milliseconds at most; then it lets go
 * of the lock, and if another process has left word that it wants it, waits before it takes it
 * again.
 *
 * <p>A lock file that was removed and made anew by somebody is noticed by its file key before
 * anything is done.
 *
 * <p>Safe for use by many threads; an interrupt ends no wait. Not reentrant.
 */
final class ArchiveLock implements AutoCloseable {
  private static final long ARCHIVE_BYTE = 0;
  private static final int MOST_TASKS = 512;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final Path file;
  private final ConcurrentLinkedQueue<Task<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final long self = new SecureRandom().nextLong() | 1;
  private volatile HeadV1 board;
  private long heldNanos; // used by the leader
  private volatile KeyFileLocks locks; // changed by the leader
  private volatile Object fileKey; // changed by the leader

  private ArchiveLock(Path file) throws IOException {
    this.file = file;
    open();
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
   * @throws ArchiveException if another process kept the lock for two minutes
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

  private void lead(Task<?> own) throws IOException {
    try {
      boolean held = own.done;
      while (!held) {
        letOthersIn();
        long start = System.nanoTime();
        held =
            locks.whileHolding(
                ARCHIVE_BYTE,
                () -> {
                  boolean right = isRightFile();
                  if (right) {
                    runTasks();
                  }
                  return right;
                });
        heldNanos += System.nanoTime() - start;
        if (!held) {
          reopen();
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      queue.remove(own); // the lock could not be had: its caller gets the exception
      throw e;
    } finally {
      leading.set(false);
      Task<?> next = queue.peek();
      if (next != null) {
        LockSupport.unpark(next.owner);
      }
    }
  }

  /** Tells on which head those who want the lock of another process leave word. */
  void announceOn(HeadV1 head) {
    board = head;
  }

  /**
   * Stands back for a moment if another process wants the lock and this one has had it for long: a
   * process that waits asks again and again, and would find it free too rarely.
   */
  private void letOthersIn() throws IOException {
    HeadV1 head = board;
    if (head == null) {
      return;
    }
    if (heldNanos > LONGEST_NANOS) {
      heldNanos = 0;
      long wanted = head.wanted();
      if (wanted != 0 && wanted != self) {
        head.setWanted(0);
        Uninterrupted.pause(PAUSE_NANOS);
      }
    }
    head.setWanted(self);
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

  private boolean isRightFile() {
    try {
      return fileKey == null || fileKey.equals(keyOf(file));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new ArchiveException("cannot look at the lock file %s: %s".formatted(file, e), e);
    }
  }

  private void reopen() throws IOException {
    KeyFileLocks lost = locks;
    open();
    lost.close();
  }

  private void open() throws IOException {
    locks = KeyFileLocks.open(file);
    fileKey = keyOf(file);
  }

  private static Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Lets go of the file. Nobody may hold or wait for the lock. */
  @Override
  public void close() throws IOException {
    locks.close();
  }
}
