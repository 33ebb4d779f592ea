package io.klepto.archive.codec;

import io.klepto.archive.ArchiveException;

/**
 * Runs recursive work on the caller's stack, and again on a stack that is large enough if the graph
 * turns out to be deep.
 *
 * <p>Shallow graphs, nearly all, cost nothing extra. A deep one is given up at {@link
 * #SHALLOW_LEVELS} and begun again on a thread of its own, up to {@link #DEEP_LEVELS}; beyond, it
 * is refused, when encoding as when decoding. So no stack overflows, however small the caller's is.
 */
final class DeepStack {
  /** Levels of nesting that are tried on the caller's stack. */
  static final int SHALLOW_LEVELS = 100;

  /** Levels of nesting that are possible at all. */
  static final int DEEP_LEVELS = 10_000;

  /** Reserved, not committed: some 12 KB for each level, of which a few are used. */
  private static final long STACK_BYTES = 128L << 20;

  private DeepStack() {}

  /**
   * Work on one object graph.
   *
   * @param <T> what it returns
   */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does the work from its start.
     *
     * @throws NestedTooDeepException if the graph has more levels than this attempt may take
     */
    T run(int maxLevels);
  }

  static <T> T call(Work<T> work) {
    try {
      return work.run(SHALLOW_LEVELS);
    } catch (NestedTooDeepException | StackOverflowError e) {
      return callDeep(work);
    }
  }

  private static <T> T callDeep(Work<T> work) {
    Attempt<T> attempt = new Attempt<>(work);
    Thread thread = new Thread(null, attempt, "klepto-codec-deep", STACK_BYTES);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      throw new ArchiveException(
          "an object graph of more than "
              + SHALLOW_LEVELS
              + " levels needs a thread with a stack of "
              + (STACK_BYTES >> 20)
              + " MiB, and none could be started",
          e);
    }
    joinUninterruptibly(thread);
    return attempt.result();
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** One attempt on a large stack. Its fields are read after the thread has been joined. */
  private static final class Attempt<T> implements Runnable {
    private final Work<T> work;
    private T result;
    private RuntimeException failure;
    private Error error;

    Attempt(Work<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        result = work.run(DEEP_LEVELS);
      } catch (NestedTooDeepException | StackOverflowError e) {
        failure =
            new ArchiveException(
                "the object graph is nested deeper than "
                    + DEEP_LEVELS
                    + " levels, or hashes itself; keep long chains in a list instead",
                e);
      } catch (RuntimeException e) {
        failure = e;
      } catch (Error e) {
        error = e;
      }
    }

    T result() {
      if (failure != null) {
        throw failure;
      }
      if (error != null) {
        throw error;
      }
      return result;
    }
  }
}
