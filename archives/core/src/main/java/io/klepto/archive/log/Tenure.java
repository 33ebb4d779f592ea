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
import java.util.concurrent.TimeUnit;

/**
 * The lock of an archive among processes, as one engine takes and keeps it.
 *
 * <p>Taking and releasing it costs as much as the change that is made under it. So an engine whose
 * changes follow each other closely keeps the lock from one to the next, for five milliseconds in
 * all; a thread of its own gives the lock back should the next change not come. Then the engine
 * lets others have it: those that wait leave word in the head of the file each time they ask, and
 * who finds such a word stands back for a moment. A single change now and then takes the lock and
 * gives it back, without any thread.
 *
 * <p>Where the head is not mapped nobody can leave word, and the lock is given back after each
 * change.
 *
 * <p>A lock file that was removed and made anew by somebody is noticed by its file key whenever the
 * lock is taken, so within five milliseconds.
 *
 * <p>All methods but {@link #announceOn} are called by one thread at a time, that which leads in
 * {@link ArchiveLock}.
 */
final class Tenure implements AutoCloseable {
  private static final long ARCHIVE_BYTE = 0;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long CLOSE_FOLLOWING_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long STAND_BACK_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

  private final Path file;
  private final long self = new SecureRandom().nextLong() | 1;
  private volatile HeadV1 board;
  private KeyFileLocks locks;
  private Object fileKey;
  private KeyFileLocks.Hold hold;
  private boolean following;
  private boolean standBack;
  private long number;
  private long takenNanos;
  private long restedNanos = System.nanoTime() - CLOSE_FOLLOWING_NANOS;

  Tenure(Path file) throws IOException {
    this.file = file;
    open();
  }

  /** Tells on which head those who want the lock of another process leave word, or null. */
  void announceOn(HeadV1 head) {
    board = head;
  }

  /**
   * Returns with the lock held, having taken it unless it was kept.
   *
   * @throws ArchiveException if somebody else kept the lock for two minutes
   */
  void take() throws IOException {
    long now = System.nanoTime();
    following = now - restedNanos < CLOSE_FOLLOWING_NANOS;
    if (hold != null && now - takenNanos > LONGEST_NANOS) {
      giveBack();
    }
    if (hold == null) {
      acquire();
      takenNanos = System.nanoTime();
      number++;
    }
  }

  /** Takes the lock if nobody has it, and returns whether it is held. */
  boolean tryTake() throws IOException {
    if (hold == null) {
      following = false;
      KeyFileLocks.Hold taken = locks.holdWithin(ARCHIVE_BYTE, 0).orElse(null);
      if (taken == null) {
        return false;
      }
      try {
        hold = isRightFile() ? taken : null;
      } finally {
        if (hold == null) {
          taken.close();
        }
      }
      takenNanos = System.nanoTime();
      number++;
    }
    return hold != null;
  }

  /** Ends a change: gives the lock back unless the next one probably comes soon. */
  void rest() throws IOException {
    restedNanos = System.nanoTime();
    if (!following || board == null || restedNanos - takenNanos > LONGEST_NANOS) {
      giveBack();
    }
  }

  /** Returns whether the lock is held. */
  boolean isHeld() {
    return hold != null;
  }

  /** Returns when the last change ended, as {@link System#nanoTime} counts. */
  long restedNanos() {
    return restedNanos;
  }

  /** Returns which tenure this is: 1 for the first. */
  long number() {
    return number;
  }

  /** Lets others have the lock. */
  void giveBack() throws IOException {
    if (hold == null) {
      return;
    }
    KeyFileLocks.Hold given = hold;
    hold = null;
    standBack = System.nanoTime() - takenNanos > LONGEST_NANOS / 2 && isWanted();
    given.close();
  }

  private boolean isWanted() throws IOException {
    HeadV1 head = board;
    if (head == null) {
      return false;
    }
    long wanted = head.wanted();
    return wanted != 0 && wanted != self;
  }

  private void acquire() throws IOException {
    if (standBack) {
      Uninterrupted.pause(STAND_BACK_NANOS);
    }
    while (hold == null) {
      KeyFileLocks.Hold taken = locks.hold(ARCHIVE_BYTE, this::announce);
      boolean right = false;
      try {
        right = isRightFile();
      } finally {
        if (!right) {
          taken.close();
        }
      }
      if (right) {
        hold = taken;
      } else {
        KeyFileLocks lost = locks;
        open();
        lost.close();
      }
    }
  }

  private void announce() throws IOException {
    HeadV1 head = board;
    if (head != null) {
      head.setWanted(self);
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

  private void open() throws IOException {
    locks = KeyFileLocks.open(file);
    fileKey = keyOf(file);
  }

  private static Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Gives the lock back and lets go of the file. */
  @Override
  public void close() throws IOException {
    giveBack();
    locks.close();
  }
}
