package io.klepto.archive.lock;

import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Exclusion among threads and processes, one byte of a lock file for each subject.
 *
 * <p>A lock is a mutex of this JVM, taken first, and a lock of the system on one byte beyond the
 * end of a file of zero bytes. The system frees the byte when its process dies, by whatever signal.
 * Different bytes never wait for each other.
 *
 * <p><b>Why the calling thread may do it.</b> An interrupt that strikes a thread inside a blocking
 * operation of a channel closes the channel, and with it all locks of the process. {@code tryLock}
 * is not such an operation: its specification knows neither {@code ClosedByInterruptException} nor
 * {@code FileLockInterruptionException}, and in JDK 17 and 25 neither it nor {@code release} goes
 * through {@code begin} and {@code end}, the pair that makes an operation interruptible; they only
 * wrap one {@code fcntl}. {@code KeyFileLocksTest} holds every JDK it runs on to that. The blocking
 * {@code lock} is never used: it is interruptible, and the system takes two threads of one process
 * for one and reports deadlocks that are none. Waiting is polling, with growing pauses.
 *
 * <p>Not reentrant. The stores hold one lock at a time, or several in the order of their offsets,
 * so there are no deadlocks; who holds others waits by {@link #holdWithin}. Cost: some 2 µs when
 * nobody else wants the byte. Safe for use by many threads.
 */
public final class KeyFileLocks implements AutoCloseable {
  /** Bits that the bytes have by which JVMs show that they are alive: the last quarter of all. */
  static final long LIVES = 3L << 61;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(160);
  private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PAUSE_IN_LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long DEFAULT_PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Path file;
  private final LockFile lease;
  private final long patienceNanos;
  private final Mutexes mutexes;

  /** Makes a missing lock file, empty. While it does, nobody in this JVM opens a lock file. */
  public interface Maker {
    /**
     * Makes the file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if another process was faster, which is fine
     */
    void make(Path missing) throws IOException;
  }

  /** Leaves word, where the holder of a lock looks, that somebody wants it. */
  public interface Announcement {
    /** Leaves word; may be called often. */
    void make() throws IOException;
  }

  /** A lock that is held until it is closed, once, by whatever thread. */
  public final class Hold implements AutoCloseable {
    private final long position;
    private final Semaphore mutex;
    private final FileLock lock;

    private Hold(long position, Semaphore mutex, FileLock lock) {
      this.position = position;
      this.mutex = mutex;
      this.lock = lock;
    }

    /** Lets others have the lock. */
    @Override
    public void close() {
      try {
        release(lock);
      } finally {
        mutexes.unlock(position, mutex);
      }
    }
  }

  private KeyFileLocks(Path file, LockFile lease, long patienceNanos) {
    this.file = file;
    this.lease = lease;
    this.patienceNanos = patienceNanos;
    this.mutexes = new Mutexes(lease.mutexes());
  }

  /**
   * Opens the locks in a file, making it if it is missing.
   *
   * @throws IOException if the file can't be made or written, or its file system has no locks
   */
  public static KeyFileLocks open(Path file) throws IOException {
    return open(file, DEFAULT_PATIENCE_NANOS);
  }

  /**
   * Opens the locks in a file, having it made in a certain way if it is missing.
   *
   * @throws IOException if the file can't be made or written, or its file system has no locks
   */
  public static KeyFileLocks open(Path file, Maker maker) throws IOException {
    return open(file, DEFAULT_PATIENCE_NANOS, maker);
  }

  static KeyFileLocks open(Path file, long patienceNanos) throws IOException {
    return open(file, patienceNanos, Files::createFile);
  }

  private static KeyFileLocks open(Path file, long patienceNanos, Maker maker) throws IOException {
    return new KeyFileLocks(file, LockFile.lease(file, maker), patienceNanos);
  }

  /**
   * Does something while holding the lock on a byte, having waited for it.
   *
   * @param offset the byte, 0 to {@link Long#MAX_VALUE}
   * @throws ArchiveException if another process kept it for two minutes, or the system refuses
   */
  public <T> T whileHolding(long offset, Supplier<T> action) {
    long position = positionOf(offset);
    Semaphore mutex = mutexes.lock(position);
    try {
      FileLock lock = lockByte(position);
      try {
        return action.get();
      } finally {
        release(lock);
      }
    } finally {
      mutexes.unlock(position, mutex);
    }
  }

  /**
   * Returns the lock on a byte, having waited for it, to be held for longer than one action.
   *
   * @param offset the byte, 0 to {@link Long#MAX_VALUE}
   * @param announcement made each time before the lock is asked for
   * @throws ArchiveException if somebody kept it for two minutes, or the system refuses
   */
  public Hold hold(long offset, Announcement announcement) {
    long position = positionOf(offset);
    return await(
        position,
        () -> {
          announcement.make();
          return tryHold(position);
        });
  }

  /**
   * Returns the lock on a byte, having waited for it, to be held for longer than one action.
   *
   * @param offset the byte, 0 to {@link Long#MAX_VALUE}
   * @throws ArchiveException if somebody kept it for two minutes, or the system refuses
   */
  public Hold hold(long offset) {
    return holdWithin(offset, patienceNanos).orElseThrow(() -> kept(positionOf(offset)));
  }

  /**
   * Waits until each lock in a range that anybody has had when the call began was given back.
   *
   * @param from the first byte
   * @param to the last byte, of the first three quarters of all
   * @throws ArchiveException if somebody kept one for two minutes, or the system refuses
   */
  public void awaitFree(long from, long to) {
    if (from == to) {
      hold(from).close();
    } else if (!isFree(from, to)) {
      long middle = from + (to - from) / 2;
      awaitFree(from, middle);
      awaitFree(middle + 1, to);
    }
  }

  private boolean isFree(long from, long to) {
    try {
      FileLock all = lease.channel().tryLock(from, to - from + 1, false);
      if (all != null) {
        all.release();
      }
      return all != null;
    } catch (OverlappingFileLockException e) {
      return false; // of this JVM
    } catch (IOException e) {
      throw refused(from, e);
    }
  }

  private Hold tryHold(long position) throws IOException {
    Semaphore mutex = mutexes.tryLock(position);
    return mutex == null ? null : holdOrUnlock(position, mutex, () -> tryByte(position));
  }

  /**
   * Returns the lock on a byte, having waited for it, to be held for longer than one action.
   *
   * @param offset the byte, 0 to {@link Long#MAX_VALUE}
   * @param waitNanos how long to wait at most; the lock is asked for once in any case
   * @return the lock, or empty if somebody kept it for that long, be it the calling thread
   * @throws ArchiveException if the system refuses
   */
  public Optional<Hold> holdWithin(long offset, long waitNanos) {
    long position = positionOf(offset);
    long start = System.nanoTime();
    Semaphore mutex = mutexes.lockWithin(position, waitNanos);
    if (mutex == null) {
      return Optional.empty();
    }
    long left = waitNanos - (System.nanoTime() - start);
    try {
      return Optional.ofNullable(
          holdOrUnlock(position, mutex, () -> poll(left, () -> tryByte(position))));
    } catch (IOException e) {
      throw refused(position, e);
    }
  }

  /** Returns a hold of the lock that an attempt yields, or null, the mutex unlocked. */
  private Hold holdOrUnlock(long position, Semaphore mutex, Attempt<FileLock> attempt)
      throws IOException {
    FileLock lock = null;
    try {
      lock = attempt.run();
      return lock == null ? null : new Hold(position, mutex, lock);
    } finally {
      if (lock == null) {
        mutexes.unlock(position, mutex);
      }
    }
  }

  /** Returns the number of this JVM as a writer. */
  public long writer() {
    return lease.writer();
  }

  /** Returns a number that no other write of this JVM to the container has. */
  public long nextWrite() {
    return lease.nextWrite();
  }

  /** Returns whether the JVM with that number is alive and still has the lock file open. */
  public boolean isAlive(long writer) throws IOException {
    if (writer == lease.writer()) {
      return true;
    }
    FileLock lock = tryByte(writer);
    if (lock != null) {
      lock.release();
    }
    return lock == null;
  }

  /** Lets go of the file. Nobody may hold or wait for a lock of this object. */
  @Override
  public void close() throws IOException {
    lease.close();
  }

  private FileLock lockByte(long position) {
    return await(position, () -> tryByte(position));
  }

  /** Asks for a lock. */
  private interface Attempt<T> {
    /** Returns the lock, or null if somebody else has it. */
    T run() throws IOException;
  }

  private <T> T await(long position, Attempt<T> attempt) {
    try {
      T lock = poll(patienceNanos, attempt);
      if (lock == null) {
        throw kept(position);
      }
      return lock;
    } catch (IOException e) {
      throw refused(position, e);
    }
  }

  private ArchiveException kept(long position) {
    return new ArchiveException(
        "cannot lock byte %d of %s: expected it free within %d ms, found it held by another process; look for one that is suspended"
            .formatted(position, file, TimeUnit.NANOSECONDS.toMillis(patienceNanos)));
  }

  private ArchiveException refused(long position, IOException e) {
    return new ArchiveException(
        "cannot lock byte %d of %s: %s; expected a local file system that has locks"
            .formatted(position, file, e),
        e);
  }

  /** Attempts until there is a lock; returns null if there is none after some time. */
  private static <T> T poll(long waitNanos, Attempt<T> attempt) throws IOException {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      T lock = attempt.run();
      if (lock != null) {
        return lock;
      }
      long waited = System.nanoTime() - start;
      if (waited >= waitNanos) {
        return null;
      }
      Uninterrupted.pause(Math.min(pause, waitNanos - waited));
      pause =
          waited > LONG_WAIT_NANOS
              ? PAUSE_IN_LONG_WAIT_NANOS
              : Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }

  /** Returns the lock, or null if anybody has it: another process, or in this JVM another. */
  private FileLock tryByte(long position) throws IOException {
    try {
      return lease.channel().tryLock(position, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw new ArchiveException("cannot release a lock on %s: %s".formatted(file, e), e);
    }
  }

  /** Keeps the byte behind the locked one within the numbers that a file can have. */
  static long positionOf(long offset) {
    return Math.min(offset, Long.MAX_VALUE - 1);
  }
}
