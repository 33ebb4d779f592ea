package io.klepto.jcache;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The threads of a test. Whatever is waited for has a bound, long enough for a loaded machine, so
 * that a deadlock is a failure and not a build that stands still.
 */
public final class Crew {
  private static final long PATIENCE_SECONDS = 30;
  private static final long PAUSE_NANOS = 50_000;
  private static final long STACK_BYTES =
      16 << 20; // deep recursion, also where code is not compiled

  private Crew() {}

  /** What one of many threads does, given its number from 0. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run(int number) throws Exception;
  }

  /** A thread with a task, and what became of it. */
  public static final class Member<T> {
    private static final Set<Thread.State> RESTING =
        EnumSet.complementOf(EnumSet.of(Thread.State.NEW, Thread.State.RUNNABLE));

    private final FutureTask<T> task;
    private final Thread thread;

    private Member(Callable<T> callable) {
      this.task = new FutureTask<>(callable);
      this.thread = new Thread(null, task, "crew", STACK_BYTES);
      this.thread.setDaemon(true);
      this.thread.start();
    }

    /** Returns what the task gave, or throws what it threw. */
    public T result() throws Exception {
      try {
        return Crew.get(task);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (Exception) e.getCause();
      } catch (TimeoutException e) {
        AssertionError stuck = new AssertionError("the thread hangs, here:");
        stuck.setStackTrace(thread.getStackTrace());
        throw stuck;
      }
    }

    /** Returns once the thread waits for something, or has ended. */
    public void awaitParked() {
      Crew.await("a thread to wait", () -> RESTING.contains(thread.getState()));
    }

    /** Returns whether the task has ended. */
    public boolean isDone() {
      return task.isDone();
    }
  }

  /** Starts a thread. */
  public static <T> Member<T> start(Callable<T> task) {
    return new Member<>(task);
  }

  /** Starts a thread that gives nothing. */
  public static Member<Void> run(ThrowingRunnable task) {
    return new Member<>(
        () -> {
          task.run();
          return null;
        });
  }

  /** A task that may throw. */
  @FunctionalInterface
  public interface ThrowingRunnable {
    /** Does it. */
    void run() throws Exception;
  }

  /** Runs the same work in many threads that begin at the same moment; throws what one throws. */
  public static void together(int threads, Work work) throws Exception {
    CyclicBarrier begin = new CyclicBarrier(threads);
    List<Member<Void>> members = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      members.add(
          run(
              () -> {
                begin.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                work.run(number);
              }));
    }
    for (Member<Void> member : members) {
      member.result();
    }
  }

  /** Waits for a latch. */
  public static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        fail("nobody released the latch within " + PATIENCE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for a latch", e);
    }
  }

  /** Waits until a condition holds. */
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        fail("waited " + PATIENCE_SECONDS + " s for " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Waits for a future. */
  public static <T> T get(Future<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
