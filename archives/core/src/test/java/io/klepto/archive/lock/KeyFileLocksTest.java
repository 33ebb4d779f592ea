package io.klepto.archive.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.keymap.KeyBytes;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class KeyFileLocksTest {
  private static final int MANY = 2_000;

  @TempDir Path folder;
  private KeyFileLocks locks;

  @BeforeEach
  void open() throws Exception {
    locks = KeyFileLocks.open(lockFile());
  }

  @AfterEach
  void close() throws Exception {
    locks.close();
    assertNull(System.getProperties().get(LockFile.PROPERTY), "a lease was left");
  }

  private Path lockFile() {
    return folder.resolve("klepto.lock");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> registry() {
    return (Map<String, Map<String, Object>>) System.getProperties().get(LockFile.PROPERTY);
  }

  private static FileChannel onlyChannel() {
    assertEquals(1, registry().size());
    return (FileChannel) registry().values().iterator().next().get("channel");
  }

  /** The whole design rests on this: see the class comment of KeyFileLocks. */
  @Test
  void tryLockAndRelease_inAnInterruptedThread_leaveTheChannelOpen() throws Exception {
    FileChannel channel = onlyChannel();
    Thread.currentThread().interrupt();
    try {
      for (int i = 0; i < MANY; i++) {
        FileLock lock = channel.tryLock(i, 1, false);
        lock.release();
      }
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertTrue(channel.isOpen());
  }

  @Test
  void whileHolding_oneByte_excludesOtherThreads() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    int[] count = {0};
    inThreads(
        4,
        () -> {
          for (int i = 0; i < MANY; i++) {
            locks.whileHolding(
                7,
                () -> {
                  assertEquals(1, inside.incrementAndGet());
                  count[0]++;
                  return inside.decrementAndGet();
                });
          }
        });
    assertEquals(4 * MANY, count[0]);
  }

  @Test
  void whileHolding_oneByte_anotherIsFree() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      String result =
          locks.whileHolding(
              1,
              () -> {
                try {
                  return other.submit(() -> locks.whileHolding(2, () -> "done")).get();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      assertEquals("done", result);
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void whileHolding_theGreatestOffsets_works() {
    assertEquals("done", locks.whileHolding(0, () -> "done"));
    assertEquals("done", locks.whileHolding(Long.MAX_VALUE, () -> "done"));
  }

  @Test
  void whileHolding_anActionThatThrows_freesTheByte() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            locks.whileHolding(
                7,
                () -> {
                  throw new IllegalArgumentException();
                }));
    assertEquals("done", locks.whileHolding(7, () -> "done"));
  }

  @Test
  void whileHolding_leavesNoMutexBehind() throws Exception {
    inThreads(
        4,
        () -> {
          for (int i = 0; i < MANY; i++) {
            locks.whileHolding(i % 5, () -> "done");
          }
        });
    assertEquals(Map.of(), registry().values().iterator().next().get("mutexes"));
  }

  @Test
  void whileHolding_aByteThatIsNeverFree_throwsNamingTheFile() throws Exception {
    try (KeyFileLocks impatient = KeyFileLocks.open(lockFile(), TimeUnit.MILLISECONDS.toNanos(5))) {
      FileLock foreign = onlyChannel().tryLock(7, 1, false);
      try {
        ArchiveException thrown =
            assertThrows(ArchiveException.class, () -> impatient.whileHolding(7, () -> "never"));
        assertTrue(thrown.getMessage().contains(lockFile().toString()), thrown.getMessage());
      } finally {
        foreign.release();
      }
      assertEquals("done", impatient.whileHolding(7, () -> "done"));
    }
  }

  @Test
  void whileHolding_inAnInterruptedThread_waitsAndKeepsTheStatus() throws Exception {
    FileLock foreign = onlyChannel().tryLock(7, 1, false);
    CountDownLatch waiting = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> status =
          other.submit(
              () -> {
                Thread.currentThread().interrupt();
                waiting.countDown();
                return locks.whileHolding(7, () -> !foreign.isValid()) && Thread.interrupted();
              });
      waiting.await();
      assertFalse(status.isDone());
      foreign.release();
      assertTrue(status.get());
      assertTrue(onlyChannel().isOpen());
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void holdWithin_aByteThatIsHeld_isEmptyAndLeavesNoMutex() throws Exception {
    KeyFileLocks.Hold hold = locks.hold(7);
    assertTrue(locks.holdWithin(7, 0).isEmpty());
    assertTrue(locks.holdWithin(7, TimeUnit.MILLISECONDS.toNanos(2)).isEmpty());
    hold.close();
    FileLock foreign = onlyChannel().tryLock(7, 1, false);
    assertTrue(locks.holdWithin(7, 0).isEmpty());
    foreign.release();
    locks.holdWithin(7, 0).orElseThrow().close();
    assertEquals(Map.of(), registry().values().iterator().next().get("mutexes"));
  }

  @Test
  void awaitFree_waitsForEachLockInTheRange_andNoOther() throws Exception {
    long last = Long.MAX_VALUE >> 1;
    KeyFileLocks.Hold outside = locks.hold(last + 1);
    locks.awaitFree(0, last);
    KeyFileLocks.Hold inside = locks.hold(last);
    CountDownLatch waiting = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> free =
          other.submit(
              () -> {
                waiting.countDown();
                locks.awaitFree(0, last);
              });
      waiting.await();
      assertFalse(free.isDone());
      inside.close();
      free.get();
    } finally {
      other.shutdownNow();
      outside.close();
    }
  }

  @Test
  void isAlive_tellsWritersWithTheFileOpenFromOthers() throws Exception {
    assertTrue(locks.isAlive(locks.writer()));
    assertFalse(locks.isAlive(locks.writer() ^ 1));
    FileLock stranger = onlyChannel().tryLock(locks.writer() ^ 1, 1, false);
    assertTrue(locks.isAlive(locks.writer() ^ 1));
    stranger.release();
  }

  @Test
  void open_again_sharesTheChannelUntilTheLastIsClosed() throws Exception {
    FileChannel channel = onlyChannel();
    KeyFileLocks again = KeyFileLocks.open(lockFile());
    assertEquals(channel, onlyChannel());
    again.close();
    again.close();
    assertTrue(channel.isOpen());
    assertEquals("done", locks.whileHolding(7, () -> "done"));
    locks.close();
    assertFalse(channel.isOpen());
  }

  @Test
  void open_inAnotherClassLoader_sharesTheChannelToo() throws Exception {
    FileChannel channel = onlyChannel();
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> foreign = loader.loadClass(KeyFileLocks.class.getName());
      assertNotEquals(KeyFileLocks.class, foreign);
      Method open = foreign.getDeclaredMethod("open", Path.class);
      open.setAccessible(true);
      AutoCloseable foreignLocks = (AutoCloseable) open.invoke(null, lockFile());
      assertEquals(channel, onlyChannel());
      assertHolding(foreign, foreignLocks);
      foreignLocks.close();
      assertTrue(channel.isOpen());
    }
  }

  /** The byte that the other class loader holds is not free for this one, and is afterwards. */
  private void assertHolding(Class<?> foreign, Object foreignLocks) throws Exception {
    Method holding = foreign.getDeclaredMethod("whileHolding", long.class, Supplier.class);
    holding.setAccessible(true);
    Supplier<Object> check =
        () -> {
          try {
            return locks.isAlive(7);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        };
    assertEquals(true, holding.invoke(foreignLocks, 7L, check));
    assertFalse(locks.isAlive(7));
  }

  private static URL[] classPath() {
    return Stream.of(KeyFileLocks.class, KeyBytes.class, CacheException.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .toArray(URL[]::new);
  }

  private static void inThreads(int threads, Runnable task) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(executor.submit(task));
      }
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }
}
