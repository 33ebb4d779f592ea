package io.klepto.archive.log;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.lock.Uninterrupted;
import io.klepto.archive.store.Stamps;
import io.klepto.archive.store.VersionClock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * One archive as this class loader has it open, shared by all stores in it.
 *
 * <p><b>A read</b> looks at the head of the file, which is mapped memory: has the end moved, the
 * headers of the new records are taken over; does a compaction replace the file, its place is
 * looked at. Then it finds the position in the index and reads the record in one step.
 *
 * <p><b>A write</b> holds the lock of the archive, makes sure that the file is still the one in its
 * place, takes over what others appended, appends, and moves the end. With durability sync it then
 * waits, without the lock, until the file is forced.
 *
 * <p>Safe for use by many threads.
 */
final class LogEngine implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int WINDOWS_MOVES = 50;
  private static final long WINDOWS_MOVE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path path;
  private final LogErrors errors;
  private final ArchiveLock lock;
  private final VersionClock versions = new VersionClock();
  private final Compactor compactor = new Compactor(this);
  private final LogStamps stamps;
  private volatile LogFile current;

  private LogEngine(Path path, LogErrors errors, ArchiveLock lock) {
    this.path = path;
    this.errors = errors;
    this.lock = lock;
    this.stamps = new LogStamps(this);
  }

  /** Reads from a file. */
  interface Reading<T> {
    /** May be called anew with the file of the next generation. */
    T on(LogFile log) throws IOException;
  }

  /** Opens an archive, making file and folder if they are missing. */
  static LogEngine open(Path path, LogErrors errors) {
    if (Files.isDirectory(path)) {
      throw new ArchiveException(
          "cannot open archive %s: expected a file, found a folder; remove it or choose another location"
              .formatted(errors.subject()));
    }
    ArchiveLock lock;
    try {
      Files.createDirectories(path.getParent());
      lock = ArchiveLock.open(Folders.beside(path, ".lock"));
    } catch (IOException e) {
      throw errors.refused("make the lock file of", path, e);
    }
    LogEngine engine = new LogEngine(path, errors, lock);
    try {
      engine.use(lock.whileHolding(engine::openOrCreate));
      return engine;
    } catch (IOException e) {
      throw engine.closed(errors.refused("open", path, e));
    } catch (RuntimeException e) {
      throw engine.closed(e);
    }
  }

  private <E extends RuntimeException> E closed(E reason) {
    try {
      lock.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }

  private LogFile openOrCreate() throws IOException {
    LogFile log;
    try {
      log = LogFile.recover(path, errors, mayMap());
    } catch (NoSuchFileException e) {
      create();
      log = LogFile.recover(path, errors, mayMap());
    }
    stamps.heal(log.head());
    if (log.hasGoneBack()) {
      stamps.moveAll(log.head());
    }
    return log;
  }

  private void create() throws IOException {
    FileHeaderV1 header = new FileHeaderV1(RANDOM.nextLong(), RANDOM.nextLong(), 1, 0, 0);
    Path fresh = newFile();
    try {
      LogFile log = LogFile.create(fresh, header, errors, mayMap());
      // Forced whatever the durability: a loss of power must not make the archive unreadable.
      log.data().force();
      log.data().close();
      Folders.replace(fresh, path);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  /** Returns the file that is used now; there may be a newer one in its place. */
  LogFile current() {
    return current;
  }

  boolean mayMap() {
    return !Folders.isWindows(path);
  }

  /** Returns a name that no other file has, for one that will replace the archive. */
  Path newFile() {
    return Folders.beside(path, ".new-" + HexFormat.of().toHexDigits(RANDOM.nextLong()));
  }

  Path path() {
    return path;
  }

  LogErrors errors() {
    return errors;
  }

  VersionClock versions() {
    return versions;
  }

  /** Returns the stamps for a namespace, made if there are none. */
  Stamps stamps(int namespace, long entries) {
    try {
      return stamps.open(namespace, entries);
    } catch (IOException e) {
      throw errors.refused("make the stamps of", path, e);
    }
  }

  Compactor compactor() {
    return compactor;
  }

  /** Reads what everybody has written until now. */
  <T> T read(Reading<T> reading) {
    try {
      while (true) {
        LogFile log = current;
        try {
          if (log.head().isSuperseded() && isReplaced(log)) {
            renew(log);
          } else {
            log.catchUp();
            return reading.on(log);
          }
        } catch (ReplacedFileException e) {
          renew(log);
        }
      }
    } catch (IOException e) {
      throw errors.refused("read", path, e);
    }
  }

  /**
   * Changes the archive with its lock held.
   *
   * @param forced whether all of it must be on the disk when the call returns
   */
  <T> T write(boolean forced, Reading<T> writing) {
    try {
      Written<T> written =
          lock.whileHolding(
              () -> {
                LogFile log = currentWithLock();
                T result = writing.on(log);
                return new Written<>(log, log.state().end(), result);
              });
      if (forced) {
        force(written.log(), written.end());
      }
      return written.result();
    } catch (IOException e) {
      throw errors.refused("write", path, e);
    }
  }

  private record Written<T>(LogFile log, long end, T result) {}

  /** Runs with the lock held, and with nothing looked at. */
  <T> T whileHoldingLock(ArchiveLock.Action<T> action) throws IOException {
    return lock.whileHolding(action);
  }

  /** Makes known that every record may have changed. */
  void moveAllStamps() {
    try {
      lock.whileHolding(
          () -> {
            stamps.moveAll(currentWithLock().head());
            return null;
          });
    } catch (IOException e) {
      throw errors.refused("move the stamps of", path, e);
    }
  }

  /** Has stamps that a process left odd made even, if nobody has the lock now. */
  void tryToHeal() {
    try {
      lock.tryWhileHolding(this::currentWithLock);
    } catch (IOException e) {
      throw errors.refused("read", path, e);
    }
  }

  /** Returns the file that is in its place now, up to date. Called with the lock held. */
  LogFile currentWithLock() throws IOException {
    while (true) {
      LogFile log = current;
      try {
        boolean superseded = log.head().isSuperseded();
        boolean replaced =
            (superseded || log.fileKey() == null)
                ? isReplaced(log)
                : !log.fileKey().equals(LogFile.keyOf(path));
        if (!replaced) {
          if (superseded) {
            log.head().setSuperseded(false); // its compaction died before it replaced the file
          }
          log.catchUp();
          stamps.heal(log.head());
          return log;
        }
      } catch (ReplacedFileException e) {
        // by another process: the new one is opened below
      }
      renew(log);
    }
  }

  /** Brings what all have written until now to the disk. */
  void sync() {
    try {
      LogFile log = read(fresh -> fresh);
      force(log, log.head().appended());
    } catch (IOException e) {
      throw errors.refused("force to disk", path, e);
    }
  }

  private void force(LogFile log, long end) throws IOException {
    if (log.commits().isBroken()) {
      compactor.compact(); // into a file that the system forces anew
      return;
    }
    try {
      long forcedEnd = log.commits().await(end, () -> log.state().end());
      if (log.isMapped()) {
        log.head().raiseCommitted(forcedEnd);
      } else {
        lock.whileHolding(
            () -> {
              log.head().raiseCommitted(forcedEnd);
              return null;
            });
      }
    } catch (ReplacedFileException e) {
      // A compaction forced all of it into the file that is there now; its name must last too.
      Folders.force(path.getParent());
    }
  }

  private boolean isReplaced(LogFile log) throws IOException {
    DataFile there = DataFile.open(path, errors.subject());
    try {
      return there.header().fileId() != log.header().fileId();
    } finally {
      there.close();
    }
  }

  /** Opens the file that is in its place now, unless another thread did. */
  private synchronized void renew(LogFile old) throws IOException {
    if (current == old) {
      LogFile fresh = LogFile.join(path, errors, mayMap());
      if (fresh.header().archiveId() != old.header().archiveId()) {
        fresh.data().close();
        throw new ArchiveException(
            "archive %s: expected the file that was opened, found another archive in its place; close it and open it again"
                .formatted(errors.subject()));
      }
      replaceCurrent(fresh);
    }
  }

  /**
   * Puts a new file in the place of the current one. Called with the lock held.
   *
   * <p>Readers of this engine wait for the rename, those of others look at the place themselves.
   */
  void replaceBy(LogFile fresh, Path freshPath) throws IOException {
    synchronized (this) {
      LogFile old = current;
      old.head().setSuperseded(true);
      try {
        moveInto(freshPath, old);
      } catch (IOException e) {
        old.head().setSuperseded(false);
        throw e;
      }
      fresh.data().renamedTo(path);
      fresh.setFileKey(LogFile.keyOf(path));
      replaceCurrent(fresh);
    }
    Folders.force(path.getParent());
  }

  private void moveInto(Path freshPath, LogFile old) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.move(freshPath, path, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (AccessDeniedException e) {
        // Windows refuses as long as anybody has the old file open; readers here open it again.
        if (mayMap() || attempt == WINDOWS_MOVES) {
          throw e;
        }
        old.data().close();
        Uninterrupted.pause(WINDOWS_MOVE_PAUSE_NANOS);
      }
    }
  }

  /** Goes over to a new file. Called with the monitor held. */
  private void replaceCurrent(LogFile fresh) throws IOException {
    LogFile old = current;
    use(fresh);
    old.data().retire();
  }

  private void use(LogFile log) {
    log.stampBy(stamps);
    current = log;
    lock.announceOn(log.isMapped() ? log.head() : null);
  }

  /** Lets go of the file. Nobody may be reading or writing. */
  @Override
  public void close() {
    compactor.close();
    try {
      try {
        current.data().close();
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw errors.refused("close", path, e);
    }
  }
}
