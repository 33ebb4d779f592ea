package io.klepto.archive.dir;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Files on a disk on which one kind of step fails when told so, as if it were full. */
final class FailingFiles implements RecordFiles {
  /** The steps that can fail. */
  enum Step {
    NONE,
    READ,
    WRITE,
    REPLACE,
    DELETE,
    FOLDER,
    LIST,
    FORCE
  }

  private final RecordFiles disk = new DiskFiles();
  private volatile Step failing = Step.NONE;

  void fail(Step step) {
    failing = step;
  }

  private void check(Step step, Path file) throws IOException {
    if (failing == step) {
      throw new FileSystemException(file.toString(), null, "No space left on device");
    }
  }

  @Override
  public byte[] read(Path file, HeadCheck check) throws IOException {
    check(Step.READ, file);
    return disk.read(file, check);
  }

  @Override
  public void write(Path file, byte[] bytes, boolean force) throws IOException {
    if (failing == Step.WRITE) { // as far as there was space
      disk.write(file, Arrays.copyOf(bytes, bytes.length / 2), force);
    }
    check(Step.WRITE, file);
    disk.write(file, bytes, force);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    check(Step.REPLACE, to);
    disk.replace(from, to);
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
    check(Step.FORCE, file);
    disk.forceFile(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    check(Step.FORCE, folder);
    disk.forceFolder(folder);
  }
}
