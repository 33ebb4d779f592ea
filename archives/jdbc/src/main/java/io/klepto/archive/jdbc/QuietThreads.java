package io.klepto.archive.jdbc;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that nobody can interrupt, as nobody else knows them, in which drivers work.
 *
 * <p>An interrupt in the midst of I/O makes H2 close the file that every connection of the process
 * uses, makes a socket under a virtual thread close, and makes the pool refuse a connection. The
 * caller waits here instead, to the end of its call; its status is kept. Costs a hand-over between
 * threads for each call, some ten microseconds.
 *
 * <p>Safe for use by many threads; a call must not make another of the same threads.
 */
final class QuietThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final ThreadPoolExecutor executor;

  /** Creates up to that many threads, each when first needed. */
  QuietThreads(int threads) {
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            QuietThreads::newThread);
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(null, work, "klepto jdbc", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(QuietThreads.class.getClassLoader());
    return thread;
  }

  /** Makes a call in one of the threads and returns what it does, or throws what it throws. */
  <T> T call(Callable<T> call) throws Exception {
    Future<T> result = executor.submit(call);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e.getCause() instanceof Error error ? error : new AssertionError(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets the threads end. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
