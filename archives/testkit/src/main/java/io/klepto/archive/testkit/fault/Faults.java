package io.klepto.archive.testkit.fault;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a {@link FaultyFileSystem} is told to do wrong, and what it has been asked to do.
 *
 * <p>One fault at a time; a new one replaces the old. Safe for use by many threads, under its own
 * monitor, which is held during each change: changes come one after the other.
 */
public final class Faults {
  private static final String FULL = "No space left on device";
  private static final String BROKEN = "Input/output error";
  private static final String READ_ONLY = "Read-only file system";

  private enum Fault {
    NONE,
    FULL,
    BROKEN_ONCE,
    READ_ONLY,
    DENIED
  }

  private final List<Operation> operations = new ArrayList<>();
  private Consumer<Operation> before = operation -> {};
  private Consumer<Operation> after = operation -> {};
  private Fault fault = Fault.NONE;
  private long firstBad = Long.MAX_VALUE;
  private long bytesLeft = Long.MAX_VALUE;
  private long struck;

  Faults() {}

  /**
   * Lets the disk be full from the n-th change on: whatever needs space fails, until it is healed.
   * Removing does not.
   *
   * @param n 1 for the next change
   */
  public synchronized void fillAt(long n) {
    set(Fault.FULL, n, Long.MAX_VALUE);
  }

  /**
   * Lets the disk be full once that many more bytes are written; the write that meets it is cut.
   */
  public synchronized void fillAfterBytes(long bytes) {
    set(Fault.FULL, Long.MAX_VALUE, bytes);
  }

  /**
   * Lets the n-th change fail, and no other, as a defect of the device does.
   *
   * @param n 1 for the next change
   */
  public synchronized void breakOnceAt(long n) {
    set(Fault.BROKEN_ONCE, n, Long.MAX_VALUE);
  }

  /** Refuses all changes as a file system that is mounted for reading. */
  public synchronized void makeReadOnly() {
    set(Fault.READ_ONLY, 1, Long.MAX_VALUE);
  }

  /** Refuses all changes and all reading for want of permission. */
  public synchronized void denyAccess() {
    set(Fault.DENIED, 1, Long.MAX_VALUE);
  }

  /** Ends the fault. */
  public synchronized void heal() {
    set(Fault.NONE, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private void set(Fault newFault, long n, long bytes) {
    fault = newFault;
    firstBad = n == Long.MAX_VALUE ? n : operations.size() + n;
    bytesLeft = bytes;
    struck = 0;
  }

  /** Returns how many changes the present or last fault made fail or cut short. */
  public synchronized long struck() {
    return struck;
  }

  /** Returns the changes that were asked for so far, those that failed included. */
  public synchronized List<Operation> operations() {
    return List.copyOf(operations);
  }

  /**
   * Calls a listener after each change that was made; the next change waits for it.
   *
   * @param newListener must not make a change itself
   */
  public synchronized void afterEach(Consumer<Operation> newListener) {
    after = newListener;
  }

  /**
   * Calls a listener before each change, in the thread that makes it, for instance to interrupt it.
   *
   * @param newListener must not make a change itself
   */
  public synchronized void beforeEach(Consumer<Operation> newListener) {
    before = newListener;
  }

  /** Notes a change that is about to be made, or fails it. */
  Operation before(Operation.Kind kind, Path path, long bytes) throws IOException {
    Operation operation = new Operation(operations.size() + 1L, kind, path, bytes);
    operations.add(operation);
    before.accept(operation);
    switch (fault) {
      case FULL -> {
        if ((operation.number() >= firstBad || bytesLeft == 0) && needsSpace(kind)) {
          throw failure(path, FULL);
        }
      }
      case BROKEN_ONCE -> {
        if (operation.number() == firstBad) {
          throw failure(path, BROKEN);
        }
      }
      case READ_ONLY -> {
        if (kind != Operation.Kind.FORCE) { // of which there is nothing then
          throw failure(path, READ_ONLY);
        }
      }
      case DENIED -> requireAccess(path);
      case NONE -> {}
    }
    return operation;
  }

  private static boolean needsSpace(Operation.Kind kind) {
    return switch (kind) {
      case CREATE, WRITE, FOLDER, RENAME, FORCE, MAP -> true;
      case TRUNCATE, DELETE, ATTRIBUTES -> false;
    };
  }

  private FileSystemException failure(Path path, String reason) {
    struck++;
    return new FileSystemException(path.toString(), null, reason);
  }

  /** Returns how many bytes of a write there is space for, at least 1. */
  int spaceFor(int bytes) {
    int granted = (int) Math.min(bytes, bytesLeft);
    if (fault == Fault.FULL && bytesLeft != Long.MAX_VALUE) {
      bytesLeft -= granted;
      struck += granted < bytes ? 1 : 0;
    }
    return granted;
  }

  /** Fails a look at a file if access is denied. */
  synchronized void requireAccess(Path path) throws AccessDeniedException {
    if (fault == Fault.DENIED) {
      struck++;
      throw new AccessDeniedException(path.toString());
    }
  }

  /** Fails the opening of a file for writing if nothing may be written. */
  synchronized void requireWritable(Path path) throws IOException {
    requireAccess(path);
    if (fault == Fault.READ_ONLY) {
      throw failure(path, READ_ONLY);
    }
  }

  /** Returns the number of the change that is being made, or was made last. */
  long newest() {
    return operations.size();
  }

  /** Tells the listener of a change that was made. */
  void after(Operation operation) {
    after.accept(operation);
  }
}
