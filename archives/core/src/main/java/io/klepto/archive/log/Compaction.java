package io.klepto.archive.log;

import io.klepto.archive.DamagedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * One compaction: copies what is live into a new file, record by record in the order of the log,
 * and puts that in the place of the old one.
 *
 * <p>Until the last piece nobody is kept out. What is written meanwhile lies at the end of the old
 * file and is copied in its turn: values if they are still live, removals and clears if they were
 * written since the start, as what they removed may have been copied before. The last piece is
 * copied with the lock of the archive held; the new file is forced, the head of the old one says
 * that its place must be looked at, the new one is renamed, the folder forced. Readers go on all
 * the time, in the old file or the new: they hold the same. Killed at any moment, a compaction
 * leaves the old file or the new one in its place, and at most a temporary file that the next
 * compaction removes.
 *
 * <p>Everything is verified on the way. Damaged bytes are set aside; a key whose newest record is
 * damaged keeps a record that says so.
 *
 * <p>One compaction at a time is under way in an archive: its number stands in the head. One that
 * has done nothing for two seconds is taken over, and notices that before it ends.
 *
 * <p>Used by one thread at a time.
 */
final class Compaction implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long PATIENCE_MILLIS = 2_000;

  /** What may be left to be copied with the lock held. */
  private static final long LAST_BYTES = 256 << 10;

  /** How much is written before it is brought to the disk, so that no force takes long. */
  private static final long FORCE_BYTES = 16 << 20;

  private final LogEngine engine;
  private final LogFile source;
  private final LogFile target;
  private final Path targetPath;
  private final long number;
  private final RecordCopier copier;
  private long unforced;
  private boolean ended;

  private Compaction(LogEngine engine, LogFile source, long number, long startEnd)
      throws IOException {
    this.engine = engine;
    this.source = source;
    this.number = number;
    this.targetPath = engine.newFile();
    FileHeaderV1 old = source.header();
    LogState state = source.state();
    FileHeaderV1 header =
        new FileHeaderV1(
            old.archiveId(),
            RANDOM.nextLong(),
            old.generation() + 1,
            state.lastStamp(),
            state.lastNamespace());
    this.target = create(targetPath, header, engine);
    this.copier = new RecordCopier(engine, source, target, startEnd);
  }

  private static LogFile create(Path path, FileHeaderV1 header, LogEngine engine)
      throws IOException {
    try {
      return LogFile.create(path, header, engine.errors(), engine.mayMap());
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /**
   * Starts a compaction.
   *
   * @param takeOver whether one that is under way elsewhere is ended
   * @return the compaction, or null if another is under way
   * @throws DamagedRecordException if records were lost of which not even the key is known
   */
  static Compaction start(LogEngine engine, boolean takeOver) throws IOException {
    return engine.whileHoldingLock(
        () -> {
          LogFile source = engine.currentWithLock();
          HeadV1 head = source.head();
          long now = System.currentTimeMillis();
          boolean alive =
              head.run() != 0 && Math.abs(now - head.heartbeatMillis()) < PATIENCE_MILLIS;
          if (alive && !takeOver) {
            return null;
          }
          long doubtEnd = source.state().doubtEnd();
          if (doubtEnd > 0) {
            throw engine.errors().inDoubt(doubtEnd);
          }
          // First the word, then the deed: who misses the new file looks for the word.
          long number = RANDOM.nextLong() | 1;
          head.setRun(number, now);
          String left = engine.path().getFileName() + ".new-";
          for (Path dead : Folders.list(engine.path().getParent(), left)) {
            Files.deleteIfExists(dead);
          }
          return new Compaction(engine, source, number, source.state().end());
        });
  }

  /** Does all of it. */
  void stepToEnd() throws IOException {
    while (!step(FORCE_BYTES)) {
      // the next piece
    }
  }

  /**
   * Does a piece of it.
   *
   * @param budgetBytes how much to go through, roughly
   * @return whether it has ended, in whatever way
   */
  boolean step(long budgetBytes) throws IOException {
    try {
      ended = ended || source != engine.current() || goOn(budgetBytes);
    } catch (ReplacedFileException e) {
      ended = true; // another process has compacted it
    } catch (NoSuchFileException e) {
      if (!isTakenOver()) {
        throw e;
      }
      ended = true; // and the new file was removed
    }
    return ended;
  }

  private boolean goOn(long budgetBytes) throws IOException {
    if (copyPiece(budgetBytes) > LAST_BYTES) {
      return false;
    }
    target.data().force();
    engine.whileHoldingLock(
        () -> {
          finish();
          return null;
        });
    return true;
  }

  /** Copies what comes next, without any lock, and returns how many bytes are left to look at. */
  long copyPiece(long budgetBytes) throws IOException {
    source.head().beat(System.currentTimeMillis());
    source.catchUp();
    long end = source.ask(LogState::end);
    unforced += copier.copy(end, budgetBytes);
    if (unforced > FORCE_BYTES) {
      target.data().force();
      unforced = 0;
    }
    return end - copier.position();
  }

  private boolean isTakenOver() throws IOException {
    return source.head().run() != number;
  }

  private void finish() throws IOException {
    if (engine.currentWithLock() != source || isTakenOver()) {
      return;
    }
    long end = source.state().end();
    copier.copy(end, Long.MAX_VALUE);
    target.head().raiseCommitted(target.state().end());
    target.head().setStamps(source.head().stamps());
    target.data().force();
    engine.replaceBy(target, targetPath);
  }

  /** Removes the new file if it did not come into its place. */
  @Override
  public void close() throws IOException {
    ended = true;
    if (engine.current() == target) {
      return;
    }
    target.data().close();
    Files.deleteIfExists(targetPath);
    if (source == engine.current() && !isTakenOver()) {
      source.head().setRun(0, 0);
    }
  }
}
