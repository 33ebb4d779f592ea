package io.klepto.archive.dir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Does the same with many subjects on a few threads: for waiting on the disk, which serves several
 * requests to force a file at the cost of one.
 *
 * <p>The threads end with the call. An interrupt does not end the call; the status is kept.
 */
final class Together {
  private static final int MOST_THREADS = 8;
  private static final int SUBJECTS_PER_THREAD = 8;

  private Together() {}

  /**
   * Calls an action once for each subject. An {@link Error} of any is thrown when all are done.
   *
   * @return the subjects whose action failed, each with its failure
   */
  static <T> Map<T, RuntimeException> forEach(Collection<T> subjects, Consumer<T> action) {
    ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>(subjects);
    Map<T, RuntimeException> failures = new ConcurrentHashMap<>();
    AtomicReference<Error> broken = new AtomicReference<>();
    Runnable work =
        () -> {
          for (T subject = queue.poll(); subject != null; subject = queue.poll()) {
            try {
              action.accept(subject);
            } catch (RuntimeException e) {
              failures.put(subject, e);
            } catch (Error e) {
              broken.compareAndSet(null, e);
            }
          }
        };
    int helpers = Math.min(MOST_THREADS, subjects.size() / SUBJECTS_PER_THREAD) - 1;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < helpers; i++) {
      Thread thread = new Thread(work, "klepto-force-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    work.run();
    threads.forEach(Together::await);
    if (broken.get() != null) {
      throw broken.get();
    }
    return failures;
  }

  /** Throws one of the failures, if there are any. */
  static void throwFirst(Map<?, RuntimeException> failures) {
    for (RuntimeException failure : failures.values()) {
      throw failure;
    }
  }

  private static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
