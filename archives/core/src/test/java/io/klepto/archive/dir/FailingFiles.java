package io.klepto.archive.dir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Files on a disk on which one kind of step fails when told so, as if it were full. */
final class FailingFiles implements RecordFiles {
  /** The steps that can fail. */
  enum Step {
    NONE,
    READ,
    WRITE,
    REPLACE,
    LINK,
    DELETE,
    FOLDER,
    LIST,
    FORCE
  }

  /** What fails at present, and what was done so far; shared by all stores of a test. */
  static final class Fault {
    private final List<Path> forced = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicReference<Failure> failingNext = new AtomicReference<>();
    private volatile Step failing = Step.NONE;
    private volatile Path failingOnly;
    private volatile int failingAt;
    private volatile boolean withoutLinks;

    /** Lets all steps of a kind fail from now on. */
    void fail(Step step) {
      failing = step;
      failingOnly = null;
    }

    /** Lets the steps of a kind fail that are taken with one file. */
    void fail(Step step, Path file) {
      failingOnly = file;
      failing = step;
    }

    /** Lets one step of a kind fail, the next. */
    void failNext(Step step) {
      failNext(step, null);
    }

    /** Lets one step of a kind fail, the next that is taken with one file. */
    void failNext(Step step, Path file) {
      failingNext.set(new Failure(step, file));
    }

    /** Makes the files ones that can't have two names. */
    void takeLinksAway() {
      withoutLinks = true;
    }

    /** Lets one step fail, of whatever kind: the n-th from now on, from 1; none for 0. */
    void failAt(int step) {
      steps.set(0);
      failingAt = step;
    }

    /** Returns how many steps were taken since {@link #failAt}. */
    int steps() {
      return steps.get();
    }

    /** Returns the files and folders that were forced since this was asked last, in their order. */
    List<Path> takeForced() {
      List<Path> taken = List.copyOf(forced);
      forced.clear();
      return taken;
    }

    private boolean hits(Step step, Path file) {
      boolean counted = steps.incrementAndGet() == failingAt;
      Failure once = failingNext.get();
      boolean next = once != null && once.hits(step, file) && failingNext.compareAndSet(once, null);
      return counted || next || new Failure(failing, failingOnly).hits(step, file);
    }
  }

  /** A step that fails, with any file if the file is null. */
  private record Failure(Step step, Path file) {
    boolean hits(Step taken, Path with) {
      return step == taken && (file == null || file.equals(with));
    }
  }

  private final RecordFiles disk;
  private final Fault fault;

  FailingFiles(RecordFiles disk, Fault fault) {
    this.disk = disk;
    this.fault = fault;
  }

  private void check(Step step, Path file) throws IOException {
    if (fault.hits(step, file)) {
      throw new FileSystemException(file.toString(), null, "No space left on device");
    }
  }

  @Override
  public byte[] read(Path file, HeadCheck check) throws IOException {
    check(Step.READ, file);
    return disk.read(file, check);
  }

  @Override
  public <T extends PieceTaker> T readPieces(Path file, PieceReader<T> reader) throws IOException {
    check(Step.READ, file);
    return disk.readPieces(file, reader);
  }

  @Override
  public ByteBuffer map(Path file, HeadCheck check, long mapFromBytes) throws IOException {
    check(Step.READ, file);
    return disk.map(file, check, mapFromBytes);
  }

  @Override
  public void makeFile(Path newFile) throws IOException {
    check(Step.WRITE, newFile);
    disk.makeFile(newFile);
  }

  @Override
  public boolean givesPermissions() {
    return disk.givesPermissions();
  }

  @Override
  public void write(Path file, byte[] bytes) throws IOException {
    try {
      check(Step.WRITE, file);
    } catch (FileSystemException e) { // as far as there was space
      disk.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      throw e;
    }
    disk.write(file, bytes);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    check(Step.REPLACE, to);
    disk.replace(from, to);
  }

  @Override
  public boolean link(Path newName, Path file) throws IOException {
    check(Step.LINK, newName);
    return !fault.withoutLinks && disk.link(newName, file);
  }

  @Override
  public void deleteIfExists(Path file) throws IOException {
    check(Step.DELETE, file);
    disk.deleteIfExists(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    check(Step.FOLDER, folder);
    disk.createFolder(folder);
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    check(Step.LIST, folder);
    return disk.list(folder);
  }

  @Override
  public void forceFile(Path file) throws IOException {
    fault.forced.add(file);
    check(Step.FORCE, file);
    requirePresent(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    fault.forced.add(folder);
    check(Step.FORCE, folder);
    requirePresent(folder);
  }

  /** Does all of a forcing that a test can see: the disk's own would take most of its time. */
  private static void requirePresent(Path place) throws IOException {
    if (Files.notExists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(place.toString());
    }
  }
}
