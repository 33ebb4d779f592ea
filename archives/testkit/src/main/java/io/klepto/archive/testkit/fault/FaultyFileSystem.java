package io.klepto.archive.testkit.fault;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The default file system, seen through paths that can be told to fail: {@link #faults} makes the
 * disk full, read-only, broken or forbidden, counts the changes, and calls a listener after each;
 * {@link #crash} tells what a crash at this moment would leave.
 *
 * <p>Everything but forcing is done on real files, so locks, mappings and file keys are real ones.
 * A crash destroys nothing: it yields a {@link DiskImage}, to be written into another folder and
 * opened there, as often as wanted.
 *
 * <p>The model of a crash is strict: content is on the disk when the file was forced, a name when
 * its folder was. What is written through a mapping is forced by {@code force} of a channel alone,
 * since that of the buffer can't be seen.
 *
 * <p>Not there: symbolic links, watch services, deletion on close, asynchronous channels, moves out
 * of a folder that is followed, {@link Path#toFile}. Safe for use by many threads.
 */
public final class FaultyFileSystem extends FileSystem {
  private final FaultyProvider provider;
  private final FaultyDisk disk;
  private final FaultyPath root;

  private FaultyFileSystem(Path folder, FaultyDisk disk) {
    this.disk = disk;
    this.provider = new FaultyProvider(disk);
    this.root = new FaultyPath(this, folder);
  }

  /** Returns a file system that can fail. */
  public static FaultyFileSystem failing(Path folder) throws IOException {
    return new FaultyFileSystem(folder.toRealPath(), new FaultyDisk(Optional.empty()));
  }

  /**
   * Returns a file system that can fail, and that remembers what was not forced in a folder. What
   * the folder holds now counts as forced. Keeps all of its content in memory.
   */
  public static FaultyFileSystem crashing(Path folder) throws IOException {
    Path real = folder.toRealPath();
    return new FaultyFileSystem(real, new FaultyDisk(Optional.of(new DiskShadow(real))));
  }

  /** Returns the folder that it was made with, as a path of this file system. */
  public Path folder() {
    return root;
  }

  /** Returns what to do wrong, and what was done. */
  public Faults faults() {
    return disk.faults();
  }

  /**
   * Returns what a crash at this moment would leave of the folder.
   *
   * @param random draws what survives, where the loss leaves a choice
   * @throws IllegalStateException if this was not made by {@link #crashing}
   */
  public DiskImage crash(Loss loss, Random random) {
    return disk.crash(loss, random);
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  /** Refuses: the file system goes with its last path. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return FileSystems.getDefault().getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    List<Path> roots = new ArrayList<>();
    FileSystems.getDefault()
        .getRootDirectories()
        .forEach(real -> roots.add(new FaultyPath(this, real)));
    return roots;
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return FileSystems.getDefault().getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return FileSystems.getDefault().supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return new FaultyPath(this, FileSystems.getDefault().getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(FaultyPath.realOf(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return FileSystems.getDefault().getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }
}
