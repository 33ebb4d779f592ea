package io.klepto.archive.testkit.fault;

import static io.klepto.archive.testkit.fault.FaultyPath.realOf;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does on the default file system what is asked of a {@link FaultyFileSystem}, unless it is to
 * fail.
 */
final class FaultyProvider extends FileSystemProvider {
  private final FaultyDisk disk;

  FaultyProvider(FaultyDisk disk) {
    this.disk = disk;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.DELETE_ON_CLOSE)) {
      throw new UnsupportedOperationException("DELETE_ON_CLOSE");
    }
    Path real = realOf(path);
    boolean writes =
        options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
    if (!writes) {
      disk.faults().requireAccess(real);
      return wrapped(real, FileChannel.open(real, options, attributes));
    }
    // Whether the file is there decides what opening it changes.
    synchronized (disk.faults()) {
      boolean there = Files.exists(real, LinkOption.NOFOLLOW_LINKS);
      if (there && options.contains(StandardOpenOption.CREATE_NEW)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      boolean makes =
          !there
              && (options.contains(StandardOpenOption.CREATE)
                  || options.contains(StandardOpenOption.CREATE_NEW));
      boolean cuts = there && options.contains(StandardOpenOption.TRUNCATE_EXISTING);
      if (!makes && !cuts) {
        disk.faults().requireWritable(real);
        return wrapped(real, FileChannel.open(real, options, attributes));
      }
      FileChannel opened =
          disk.change(
              makes ? Operation.Kind.CREATE : Operation.Kind.TRUNCATE,
              real,
              0,
              () -> FileChannel.open(real, options, attributes),
              (shadow, number, channel) -> {
                if (makes) {
                  shadow.create(number, real, new ShadowFile(new byte[0]));
                } else if (shadow.file(real) != null) {
                  shadow.file(real).resize(number, 0);
                }
              });
      return wrapped(real, opened);
    }
  }

  private FileChannel wrapped(Path real, FileChannel channel) {
    return new FaultyChannel(disk, real, channel, disk.node(real));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    disk.faults().requireAccess(realOf(folder));
    FaultyFileSystem system = ((FaultyPath) folder).system();
    Path real = realOf(folder);
    return new FaultyListing(
        system,
        real.getFileSystem()
            .provider()
            .newDirectoryStream(real, child -> filter.accept(new FaultyPath(system, child))));
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    Path real = realOf(folder);
    // Before the fault: a full disk still says that a folder is there.
    if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    disk.change(
        Operation.Kind.FOLDER,
        real,
        0,
        () -> Files.createDirectory(real, attributes),
        (shadow, number, made) -> shadow.create(number, real, new ShadowFolder()));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    Path real = realOf(link);
    disk.change(
        Operation.Kind.CREATE,
        real,
        0,
        () -> Files.createLink(real, realOf(existing)),
        (shadow, number, made) -> shadow.create(number, real, shadow.node(realOf(existing))));
  }

  @Override
  public void delete(Path path) throws IOException {
    Path real = realOf(path);
    disk.change(
        Operation.Kind.DELETE,
        real,
        0,
        () -> {
          Files.delete(real);
          return null;
        },
        (shadow, number, nothing) -> shadow.delete(number, real));
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    Path realFrom = realOf(from);
    Path realTo = realOf(to);
    disk.change(
        Operation.Kind.RENAME,
        realFrom,
        0,
        () -> Files.move(realFrom, realTo, options),
        (shadow, number, moved) -> shadow.move(number, realFrom, realTo));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    List<CopyOption> asked = Arrays.asList(options);
    if (asked.contains(StandardCopyOption.REPLACE_EXISTING)) {
      Files.deleteIfExists(target);
    }
    if (Files.isDirectory(source)) {
      createDirectory(target);
      return;
    }
    Set<OpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel out = newByteChannel(target, fresh)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(source));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    if (asked.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
      Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
    }
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return one.equals(other) || Files.isSameFile(realOf(one), realOf(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return Files.isHidden(realOf(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return Files.getFileStore(realOf(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    Path real = realOf(path);
    disk.faults().requireAccess(real);
    if (Arrays.asList(modes).contains(AccessMode.WRITE)) {
      disk.faults().requireWritable(real);
    }
    real.getFileSystem().provider().checkAccess(real, modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return Files.getFileAttributeView(realOf(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    disk.faults().requireAccess(realOf(path));
    return Files.readAttributes(realOf(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    disk.faults().requireAccess(realOf(path));
    return Files.readAttributes(realOf(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    Path real = realOf(path);
    disk.change(
        Operation.Kind.ATTRIBUTES,
        real,
        0,
        () -> Files.setAttribute(real, attribute, value, options),
        (shadow, number, changed) -> {});
  }
}
