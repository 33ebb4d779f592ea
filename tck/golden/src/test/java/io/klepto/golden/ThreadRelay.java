package io.klepto.golden;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Runs each task in one of a few threads, drawn at random, and waits for it: never two at once. */
final class ThreadRelay implements Executor, AutoCloseable {
  /** Where the draw of threads starts. */
  static final long SEED = 20240;

  private final List<ExecutorService> threads =
      Stream.generate(Executors::newSingleThreadExecutor).limit(4).toList();
  private final SplittableRandom random = new SplittableRandom(SEED);

  @Override
  public void execute(Runnable task) {
    ExecutorService thread = threads.get(random.nextInt(threads.size()));
    try {
      thread.submit(task).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a task of the relay failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a task of the relay ran", e);
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdownNow);
  }
}
