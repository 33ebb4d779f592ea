package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LongWorkTest {
  private static final int PIECES = 200;

  private final List<Progress> told = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final LongWork work = new LongWork("numbers", Progress.Verb.LOAD, told::add);

  /** Two entries a piece. */
  private int piece() {
    threads.add(Thread.currentThread());
    return begun.incrementAndGet() <= PIECES ? 2 : -1;
  }

  private void run(boolean shared, LongWork.Pieces pieces, Runnable end) {
    work.run(OptionalLong.of(2 * PIECES), shared, pieces, end);
  }

  @Test
  void run_alone_doesEachPieceAndTellsOfEach() {
    run(false, this::piece, () -> assertEquals(PIECES + 1, begun.get(), "the end comes last"));
    assertEquals(Set.of(Thread.currentThread()), threads);
    List<Long> expected = new ArrayList<>();
    for (long i = 1; i <= PIECES; i++) {
      expected.add(2 * i);
    }
    expected.add(2L * PIECES); // once more at the end
    assertEquals(expected, told.stream().map(Progress::done).toList());
    assertEquals(OptionalLong.of(2 * PIECES), told.get(0).total());
  }

  @Test
  void run_shared_isDoneByOthersToo() {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
    CountDownLatch two = new CountDownLatch(2);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    run(
        true,
        () -> {
          int count = piece();
          if (begun.get() > PIECES / 2 && seen.add(Thread.currentThread())) {
            two.countDown();
            await(two);
          }
          return count;
        },
        () -> {});
    assertTrue(threads.size() > 1, () -> "worked on by " + threads);
    assertEquals(2L * PIECES, told.get(told.size() - 1).done());
    threads.remove(Thread.currentThread());
    for (Thread other : threads) {
      assertTrue(other.isDaemon());
      assertFalse(other.isAlive(), "ends with the work");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS), "nobody else came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void run_failureOfAnotherThread_endsTheWorkAndReachesTheCaller() {
    Assumptions.assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor");
    Thread caller = Thread.currentThread();
    CountDownLatch failing = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("a piece failed");
    LongWork.Pieces pieces =
        () -> {
          int count = piece();
          if (Thread.currentThread() != caller) {
            failing.countDown();
            throw failure;
          }
          if (begun.get() > PIECES / 2) {
            await(failing);
          }
          return count;
        };
    Runnable end = () -> begun.set(-1);
    assertSame(failure, assertThrows(IllegalStateException.class, () -> run(true, pieces, end)));
    assertTrue(begun.get() > 0, "the end is left out");
  }

  @Test
  void run_listenerThatThrows_endsTheWork() {
    LongWork stopped =
        new LongWork(
            "numbers",
            Progress.Verb.DUMP,
            progress -> {
              throw new IllegalStateException("enough after " + progress.done());
            });
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> stopped.run(OptionalLong.empty(), true, this::piece, () -> begun.set(-1)));
    assertEquals("enough after 2", failure.getMessage());
    assertEquals(1, begun.get());
  }
}
