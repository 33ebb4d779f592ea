package io.klepto.archive.log;

import static java.lang.System.Logger.Level.WARNING;

import io.klepto.archive.ArchiveException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides when an archive is compacted, and by whom.
 *
 * <p>There is no thread for it. A writer that finds too much of the file dead begins a {@link
 * Compaction}, and each writer of the same engine then does a bounded piece of it after its own
 * write, without any lock that others want: some 64 KiB and four times what it wrote. If a
 * compaction fails, as on a full disk, the writes that drove it are not harmed; it is logged and
 * put off until the file has grown by a quarter.
 *
 * <p>Safe for use by many threads.
 */
final class Compactor {
  /** Below that, not worth it. */
  private static final long LEAST_DEAD_BYTES = 1 << 20;

  private static final long STEP_BYTES = 64 << 10;
  private static final int STEP_FACTOR = 4;
  private static final int PERCENT = 100;
  private static final System.Logger LOGGER = System.getLogger(Compactor.class.getName());

  private final LogEngine engine;
  private final ReentrantLock stepping = new ReentrantLock();
  private volatile Compaction run; // changed under stepping
  private volatile long putOffUntil;

  Compactor(LogEngine engine) {
    this.engine = engine;
  }

  /**
   * Compacts all of the file now, in place of a compaction that is under way. Ends early if another
   * process does the same to this one; then that one goes on.
   */
  void compact() {
    stepping.lock();
    try {
      end(run);
      run = Compaction.start(engine, true);
      run.stepToEnd();
      end(run);
    } catch (ReplacedFileException e) {
      end(run); // another process has compacted the file
    } catch (IOException e) {
      end(run);
      throw engine.errors().refused("compact", engine.path(), e);
    } catch (RuntimeException e) {
      end(run);
      throw e;
    } finally {
      stepping.unlock();
    }
  }

  /**
   * Does a piece of a compaction, if one is under way or needed.
   *
   * @param bytes how much was written
   * @param compactAt at how many percent of dead bytes one is needed, 100 for never
   */
  void afterWrite(long bytes, int compactAt) {
    if ((run == null && !isNeeded(compactAt)) || !stepping.tryLock()) {
      return;
    }
    try {
      if (run == null) {
        run = Compaction.start(engine, false);
      }
      if (run != null && run.step(STEP_BYTES + STEP_FACTOR * bytes)) {
        end(run);
      }
    } catch (IOException | ArchiveException e) {
      end(run);
      putOff();
      LOGGER.log(WARNING, "cannot compact " + engine.path() + " for now; nothing is lost: " + e, e);
    } finally {
      stepping.unlock();
    }
  }

  private boolean isNeeded(int compactAt) {
    return compactAt < PERCENT
        && engine
            .current()
            .ask(
                state ->
                    state.deadBytes() > LEAST_DEAD_BYTES
                        && state.end() > putOffUntil
                        && state.deadBytes() * PERCENT > state.end() * compactAt
                        && state.doubtEnd() == 0);
  }

  private void putOff() {
    long end = engine.current().ask(LogState::end);
    putOffUntil = end + end / STEP_FACTOR;
  }

  private void end(Compaction ended) {
    run = null;
    if (ended != null) {
      try {
        ended.close();
      } catch (ReplacedFileException e) {
        // another process has compacted the file: nothing is left to be said in its head
      } catch (IOException e) {
        LOGGER.log(WARNING, "cannot clear up after a compaction of " + engine.path() + ": " + e);
      }
    }
  }

  /** Gives up what is under way. */
  void close() {
    stepping.lock();
    try {
      end(run);
    } finally {
      stepping.unlock();
    }
  }
}
