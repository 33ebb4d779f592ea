package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of many threads, and calls within calls. */
final class MemoFlightTest {
  private static final int ROUNDS = 30;
  private static final int SMALL_STACK_BYTES = 256 << 10;

  private final Memoizer memoizer = Memoizer.builder("test").build();
  private final AtomicInteger evaluations = new AtomicInteger();
  private RememberedFunction<Integer, BigInteger> fibonacci;

  @AfterEach
  void close() {
    memoizer.close();
  }

  private BigInteger fibonacci(int n) {
    evaluations.incrementAndGet();
    return n < 2 ? BigInteger.valueOf(n) : fibonacci.apply(n - 1).add(fibonacci.apply(n - 2));
  }

  private static BigInteger expected(int n) {
    BigInteger a = BigInteger.ZERO;
    BigInteger b = BigInteger.ONE;
    for (int i = 0; i < n; i++) {
      BigInteger next = a.add(b);
      a = b;
      b = next;
    }
    return a;
  }

  @Test
  void manyThreadsAtOnce_evaluateOnce() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    RememberedFunction<String, Object> function =
        memoizer.memoize(
            "slow",
            text -> {
              evaluations.incrementAndGet();
              Crew.await(go);
              return new Object();
            });
    List<Crew.Member<Object>> callers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      callers.add(Crew.start(() -> function.apply("a")));
    }
    callers.forEach(Crew.Member::awaitParked);
    go.countDown();
    Object result = callers.get(0).result();
    for (Crew.Member<Object> caller : callers) {
      assertSame(result, caller.result());
    }
    assertEquals(1, evaluations.get());
  }

  @Test
  void failureOfOneEvaluation_isThatOfAllWhoWaitForIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    IOException failure = new IOException("disk");
    RememberedCallable<Object> function =
        memoizer.memoizeCallable(
            "failing",
            () -> {
              Crew.await(go);
              throw failure;
            });
    List<Crew.Member<Object>> callers = List.of(Crew.start(function), Crew.start(function));
    callers.forEach(Crew.Member::awaitParked);
    go.countDown();
    for (Crew.Member<Object> caller : callers) {
      assertSame(failure, assertThrows(IOException.class, caller::result));
    }
  }

  @Test
  void deepRecursion_evaluatesEachOnce() throws Exception {
    fibonacci = memoizer.memoize("fibonacci", this::fibonacci);
    assertEquals(expected(1_000), Crew.start(() -> fibonacci.apply(1_000)).result());
    assertEquals(1_001, evaluations.get());
  }

  /** The stack of a thread ends somewhere; what was begun there must not stay begun for ever. */
  @Test
  void recursionDeeperThanTheStack_overflowsAndLeavesNothingBehind() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      AtomicBoolean ends = new AtomicBoolean();
      AtomicInteger deepest = new AtomicInteger();
      AtomicReference<RememberedFunction<Integer, Integer>> self = new AtomicReference<>();
      RememberedFunction<Integer, Integer> function =
          memoizer.memoize(
              "round " + round,
              n -> {
                deepest.accumulateAndGet(n, Math::max);
                return ends.get() ? n : self.get().apply(n + 1) + 1;
              });
      self.set(function);
      overflow(round, function);
      assertTrue(deepest.get() > 10, () -> "recursion went down to " + deepest);
      ends.set(true);
      int end = deepest.get() + 2; // each of these calls goes down too
      for (int n = Math.max(0, end - 20); n < end; n++) {
        int argument = n;
        assertEquals(n, Crew.start(() -> function.apply(argument)).result());
      }
    }
  }

  /** Calls a function until the stack is exhausted, each time from another depth. */
  private static void overflow(int depth, RememberedFunction<Integer, Integer> function)
      throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                descend(depth, function);
              } catch (StackOverflowError e) {
                thrown.set(e);
              }
            },
            "deep",
            SMALL_STACK_BYTES);
    thread.start();
    thread.join();
    assertInstanceOf(StackOverflowError.class, thrown.get());
  }

  private static int descend(int depth, RememberedFunction<Integer, Integer> function) {
    return depth == 0 ? function.apply(0) : descend(depth - 1, function) + 1;
  }

  @Test
  void callOfItsOwnArguments_isRefused() throws Exception {
    AtomicReference<RememberedFunction<Integer, Integer>> self = new AtomicReference<>();
    self.set(memoizer.memoize("self", n -> self.get().apply(n)));
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, Crew.start(() -> self.get().apply(1))::result);
    assertTrue(refused.getMessage().contains("key 1"), refused::getMessage);
  }

  @Test
  void mutualRecursionOverTwoThreads_throwsInsteadOfHanging() throws Exception {
    CountDownLatch bothRun = new CountDownLatch(2);
    AtomicReference<RememberedFunction<String, String>> f = new AtomicReference<>();
    f.set(
        memoizer.memoize(
            "f",
            text -> {
              bothRun.countDown();
              Crew.await(bothRun);
              return f.get().apply(text.equals("a") ? "b" : "a");
            }));
    List<Crew.Member<String>> callers =
        List.of(Crew.start(() -> f.get().apply("a")), Crew.start(() -> f.get().apply("b")));
    for (Crew.Member<String> caller : callers) {
      IllegalStateException refused = assertThrows(IllegalStateException.class, caller::result);
      assertTrue(refused.getMessage().contains("circle"), refused::getMessage);
    }
  }

  /** Needs a JVM that has virtual threads; there, more of them wait than there are carriers. */
  @Test
  void virtualThreadsThatWait_giveTheirCarriersBack() throws Exception {
    Method start;
    try {
      start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    } catch (NoSuchMethodException e) {
      assertTrue(Runtime.version().feature() < 21, "virtual threads are there since 21");
      return;
    }
    CountDownLatch go = new CountDownLatch(1);
    RememberedFunction<Integer, Integer> function =
        memoizer.memoize(
            "waiting",
            n -> {
              evaluations.incrementAndGet();
              Crew.await(go);
              return n;
            });
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int argument = i % 250;
      Runnable call = () -> function.apply(argument);
      threads.add((Thread) start.invoke(null, call));
    }
    Crew.await("all to be evaluated at once", () -> evaluations.get() == 250);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(250, evaluations.get());
  }
}
