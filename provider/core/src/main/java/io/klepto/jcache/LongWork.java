package io.klepto.jcache;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Work on many entries, in pieces. The calling thread begins alone; when there turns out to be a
 * lot to do, other threads take pieces as well, no more in all than there are processors.
 *
 * <p>Threads of its own, daemons that end with the work: a piece waits for a disk or a database,
 * which would keep the common pool from the rest of the program. They must not wait for locks that
 * the calling thread may hold, so a piece leaves what is busy to the end, which the calling thread
 * does alone.
 *
 * <p>The first failure ends the work: the pieces that are being worked on are done to their end.
 */
final class LongWork {
  /** After so many pieces others join: starting a thread costs about as much as a piece. */
  private static final int PIECES_ALONE = 8;

  private static final int MOST_THREADS = 8;

  private final String cacheName;
  private final Progress.Verb verb;
  private final ProgressListener listener;
  private final AtomicLong done = new AtomicLong();
  private final List<Thread> others = new ArrayList<>();
  private volatile Throwable failure; // of another thread
  private volatile boolean stopped;

  /** What is to be done; called by several threads at once. */
  @FunctionalInterface
  interface Pieces {
    /** Does the next piece, and returns how many entries it had; negative if there is none left. */
    int next();
  }

  LongWork(String cacheName, Progress.Verb verb, ProgressListener listener) {
    this.cacheName = cacheName;
    this.verb = verb;
    this.listener = listener;
  }

  /**
   * Does the work.
   *
   * @param total how many entries there are
   * @param shared whether several threads may work at once
   * @param pieces the work but for its end
   * @param end what the calling thread does when all pieces are done
   */
  void run(OptionalLong total, boolean shared, Pieces pieces, Runnable end) {
    try {
      int own = 0;
      int count = pieces.next();
      while (count >= 0 && !stopped) {
        report(done.addAndGet(count), total);
        if (++own == PIECES_ALONE && shared) {
          callOthers(pieces);
        }
        count = pieces.next();
      }
    } catch (Throwable e) {
      stopped = true;
      join();
      if (failure != null && failure != e) {
        e.addSuppressed(failure);
      }
      throw e;
    }
    join();
    throwFailure();
    end.run();
    report(done.get(), total);
  }

  private void report(long sofar, OptionalLong total) {
    if (listener != ProgressListener.NONE) {
      listener.progressed(new Progress(cacheName, verb, sofar, total));
    }
  }

  private void callOthers(Pieces pieces) {
    int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    for (int i = 1; i < threads; i++) {
      Thread other = new Thread(() -> help(pieces), "klepto-" + verb + "-" + cacheName + "-" + i);
      other.setDaemon(true);
      other.setContextClassLoader(Thread.currentThread().getContextClassLoader());
      other.start();
      others.add(other);
    }
  }

  private void help(Pieces pieces) {
    try {
      int count = stopped ? -1 : pieces.next();
      while (count >= 0) {
        done.addAndGet(count);
        count = stopped ? -1 : pieces.next();
      }
    } catch (Throwable e) { // reaches the caller
      failure = e;
      stopped = true;
    }
  }

  private void join() {
    boolean interrupted = false;
    for (Thread other : others) {
      boolean joined = false;
      while (!joined) {
        try {
          other.join();
          joined = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwFailure() {
    if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure instanceof Error e) {
      throw e;
    }
  }
}
