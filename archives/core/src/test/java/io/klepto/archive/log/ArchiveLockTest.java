package io.klepto.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.KeyFileLocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two engines stand here for two processes: they share nothing but the file and its head. */
@Timeout(60)
class ArchiveLockTest {
  private static final int MANY = 1_000_000;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve(folder.getFileName() + ".lock");
  }

  private static HeadV1 newHead() {
    return new HeadV1(new HeadMemory.Mapped(ByteBuffer.allocateDirect(HeadV1.BYTES)), 1);
  }

  private ArchiveLock open(HeadV1 head) throws IOException {
    ArchiveLock lock = ArchiveLock.open(file());
    lock.announceOn(head);
    return lock;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** Changes one after the other until the lock was kept from one to the next. */
  private static void changeUntilKept(ArchiveLock lock) throws IOException {
    long before = 0;
    for (int i = 0; i < MANY; i++) {
      long now = lock.whileHolding(lock::tenure);
      if (now == before) {
        return;
      }
      before = now;
    }
    throw new AssertionError("the lock was never kept");
  }

  @Test
  void firstChange_doesNotKeepTheLockNorStartAThread() throws IOException {
    try (ArchiveLock lock = open(newHead());
        KeyFileLocks others = KeyFileLocks.open(file())) {
      assertEquals("done", lock.whileHolding(() -> "done"));
      boolean[] asked = new boolean[1];
      others.hold(0, () -> assertFalse(asked[0], "was still held")).close();
      assertFalse(isWatched());
    }
  }

  @Test
  void withoutAHeadToLeaveWordOn_theLockIsNeverKept() throws IOException {
    try (ArchiveLock lock = open(null)) {
      for (long i = 1; i < 1_000; i++) {
        assertEquals(i, lock.whileHolding(lock::tenure));
      }
    }
  }

  @Test
  void changesThatFollowClosely_keepTheLockAndGiveItBackWhenTheyEnd() throws IOException {
    try (ArchiveLock lock = open(newHead());
        KeyFileLocks others = KeyFileLocks.open(file())) {
      changeUntilKept(lock);
      others.hold(0, () -> {}).close(); // waits two minutes at most, the test less
    }
  }

  @Test
  void lockThatWasGivenBack_isANewTenure() throws IOException {
    try (ArchiveLock lock = open(newHead());
        KeyFileLocks others = KeyFileLocks.open(file())) {
      changeUntilKept(lock);
      long before = lock.whileHolding(lock::tenure);
      others.hold(0, () -> {}).close();
      assertNotEquals(before, lock.whileHolding(lock::tenure));
    }
  }

  @Test
  void enginesThatBothChangeWithoutPause_takeTurnsAndNeverOverlap() throws Exception {
    HeadV1 head = newHead();
    int[] counter = new int[1];
    int turns = 20;
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ArchiveLock one = open(head);
        ArchiveLock two = open(head)) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ArchiveLock lock = i % 2 == 0 ? one : two;
        results.add(threads.submit(changes(lock, counter, turns)));
      }
      int sum = 0;
      for (Future<Integer> result : results) {
        sum += result.get();
      }
      assertEquals(sum, counter[0]);
    } finally {
      threads.shutdownNow();
      assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    }
  }

  /** Changes until the engine has had the lock so many times, and tells how often it changed. */
  private static Callable<Integer> changes(ArchiveLock lock, int[] counter, int turns) {
    return () -> {
      int count = 0;
      while (lock.whileHolding(lock::tenure) < turns) {
        lock.whileHolding(() -> counter[0]++);
        count++;
      }
      return count;
    };
  }

  @Test
  void close_givesBackAKeptLockAndEndsTheWatch() throws IOException {
    ArchiveLock lock = open(newHead());
    changeUntilKept(lock);
    lock.close();
    try (KeyFileLocks others = KeyFileLocks.open(file())) {
      others.hold(0, () -> {}).close();
    }
    await(() -> !isWatched());
  }

  @Test
  void lockFileMadeAnewByOthers_isOpenedAgain() throws IOException {
    try (ArchiveLock lock = open(newHead())) {
      changeUntilKept(lock);
      try (KeyFileLocks others = KeyFileLocks.open(file())) {
        others.hold(0, () -> {}).close(); // so the lock is not kept
      }
      Files.move(file(), folder.resolve("old.lock"));
      Files.createFile(file());
      try (KeyFileLocks others = KeyFileLocks.open(file())) {
        KeyFileLocks.Hold held = others.hold(0, () -> {});
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<String> change = thread.submit(() -> lock.whileHolding(() -> "done"));
        assertFalse(change.isDone());
        held.close();
        assertEquals("done", get(change));
        thread.shutdown();
      }
    }
  }

  @Test
  void failureOfAChange_reachesItsCallerAndLeavesTheLockUsable() throws IOException {
    try (ArchiveLock lock = open(newHead())) {
      ArchiveException thrown =
          assertThrows(
              ArchiveException.class,
              () ->
                  lock.whileHolding(
                      () -> {
                        throw new ArchiveException("no");
                      }));
      assertEquals("no", thrown.getMessage());
      assertEquals(1, lock.whileHolding(() -> 1));
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private boolean isWatched() {
    String name = "klepto-lock-" + file().getFileName();
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(name));
  }
}
