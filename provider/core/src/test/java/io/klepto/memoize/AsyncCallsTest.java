package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Remembered calls that are evaluated on an executor. */
final class AsyncCallsTest {
  private final Memoizer memoizer = Memoizer.builder("test").build();
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger evaluations = new AtomicInteger();

  @AfterEach
  void close() {
    go.countDown();
    executor.shutdownNow();
    memoizer.close();
  }

  private RememberedFunction<Integer, Integer> slow() {
    return memoizer.memoize(
        "slow",
        n -> {
          evaluations.incrementAndGet();
          Crew.await(go);
          return 2 * n;
        });
  }

  @Test
  void callsOfOneKey_takeOneThreadAndOneEvaluation() throws Exception {
    Function<Integer, CompletableFuture<Integer>> async = slow().async(executor);
    List<CompletableFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      futures.add(async.apply(1));
    }
    futures.add(async.apply(2)); // finds a thread, as the ten have but one
    Crew.await("both to be evaluated", () -> evaluations.get() == 2);
    go.countDown();
    for (int i = 0; i < 10; i++) {
      assertEquals(2, Crew.get(futures.get(i)));
    }
    assertEquals(4, Crew.get(futures.get(10)));
    assertEquals(2, Crew.get(async.apply(1)));
    assertEquals(2, evaluations.get());
  }

  @Test
  void cancelledFuture_leavesTheOthersAndTheEvaluationAlone() throws Exception {
    RememberedFunction<Integer, Integer> function = slow();
    Function<Integer, CompletableFuture<Integer>> async = function.async(executor);
    CompletableFuture<Integer> first = async.apply(1);
    CompletableFuture<Integer> second = async.apply(1);
    assertTrue(first.cancel(true));
    assertFalse(second.isDone());
    go.countDown();
    assertEquals(2, Crew.get(second));
    assertEquals(2, function.apply(1));
    assertEquals(1, evaluations.get());
  }

  @Test
  void failure_isTheFunctionsOwn() throws Exception {
    IOException failure = new IOException("disk");
    RememberedCallable<Integer> function =
        memoizer.memoizeCallable(
            "failing",
            () -> {
              evaluations.incrementAndGet();
              throw failure;
            });
    for (int i = 1; i < 3; i++) {
      CompletableFuture<Integer> future = function.async(executor).get();
      ExecutionException thrown = assertThrows(ExecutionException.class, () -> Crew.get(future));
      assertSame(failure, thrown.getCause());
      assertEquals(i, evaluations.get());
    }
  }

  @Test
  void executorThatRefuses_failsTheFutureAndNotTheNextCall() throws Exception {
    RememberedFunction<Integer, Integer> function = memoizer.memoize("f", n -> n + 1);
    boolean[] refuses = {true};
    Function<Integer, CompletableFuture<Integer>> async =
        function.async(
            task -> {
              if (refuses[0]) {
                throw new RejectedExecutionException("full");
              }
              task.run();
            });
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> Crew.get(async.apply(1)));
    assertEquals("full", refused.getCause().getMessage());
    refuses[0] = false;
    assertEquals(2, Crew.get(async.apply(1)));
  }

  @Test
  void everyNumberOfArguments_hasItsAsynchronousForm() throws Exception {
    assertEquals("s", Crew.get(memoizer.memoize("f0", () -> "s").async(executor).get()));
    RememberedBiFunction<Integer, Integer, Integer> two = memoizer.memoize("f2", Integer::sum);
    assertEquals(3, Crew.get(two.async(executor).apply(1, 2)));
    RememberedFunction3<Integer, Integer, Integer, Integer> three =
        memoizer.memoize("f3", (a, b, c) -> a + b + c);
    assertEquals(6, Crew.get(three.async(executor).apply(1, 2, 3)));
    RememberedFunction4<Integer, Integer, Integer, Integer, Integer> four =
        memoizer.memoize("f4", (a, b, c, d) -> a + b + c + d);
    assertEquals(10, Crew.get(four.async(executor).apply(1, 2, 3, 4)));
    RememberedFunction5<Integer, Integer, Integer, Integer, Integer, Integer> five =
        memoizer.memoize("f5", (a, b, c, d, e) -> a + b + c + d + e);
    assertEquals(15, Crew.get(five.async(executor).apply(1, 2, 3, 4, 5)));
    RememberedFunction6<Integer, Integer, Integer, Integer, Integer, Integer, Integer> six =
        memoizer.memoize("f6", (a, b, c, d, e, f) -> a + b + c + d + e + f);
    assertEquals(21, Crew.get(six.async(executor).apply(1, 2, 3, 4, 5, 6)));
  }
}
