package io.klepto.archive.dir;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Files on the disk.
 *
 * <p>Channels, not streams, since only they tell an absent file from one that can't be opened, and
 * since on Windows they let a file be replaced while it is read. An interrupt closes a channel, so
 * each call puts the interrupt status aside, starts anew with a fresh channel if one strikes
 * midway, and restores the status at its end. Each channel is private to its call.
 *
 * <p>Immutable; safe for use by many threads.
 */
final class DiskFiles implements RecordFiles {
  /** Files up to this size are read in one step. */
  private static final int SMALL_BYTES = 8 << 10;

  /** Larger steps would make the JDK keep direct buffers of that size for each thread. */
  private static final int STEP_BYTES = 128 << 10;

  private static final int HEAD_BYTES = 64;

  private final Optional<FilePermissions> permissions;

  /**
   * Creates files.
   *
   * @param permissions what new files and folders get, in place of what the system gives them
   */
  DiskFiles(Optional<FilePermissions> permissions) {
    this.permissions = permissions;
  }

  @Override
  public byte[] read(Path file, HeadCheck check) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (FileChannel in = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            return readAll(in, in.size(), check);
          }
        });
  }

  private static byte[] readAll(FileChannel in, long size, HeadCheck check) throws IOException {
    if (size > SMALL_BYTES) {
      byte[] head = new byte[HEAD_BYTES];
      readInto(in, head, 0);
      check.check(head, size);
      byte[] all = Arrays.copyOf(head, Math.toIntExact(size));
      return upTo(all, readInto(in, all, HEAD_BYTES));
    }
    byte[] all = new byte[(int) size];
    return upTo(all, readInto(in, all, 0));
  }

  @Override
  public <T extends PieceTaker> T readPieces(Path file, PieceReader<T> reader) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (FileChannel in = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = in.size();
            T taker = reader.begin(size);
            ByteBuffer piece = ByteBuffer.allocate((int) Math.max(1, Math.min(size, STEP_BYTES)));
            while (in.position() < size && in.read(piece) >= 0) {
              taker.take(piece.flip());
              piece.clear();
            }
            return taker;
          }
        });
  }

  @Override
  public ByteBuffer map(Path file, HeadCheck check, long mapFromBytes) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (FileChannel in = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = in.size();
            if (size < mapFromBytes) {
              return ByteBuffer.wrap(readAll(in, size, check));
            }
            byte[] head = new byte[HEAD_BYTES];
            readInto(in, head, 0);
            check.check(head, size);
            try {
              return in.map(FileChannel.MapMode.READ_ONLY, 0, size);
            } catch (UnsupportedOperationException e) {
              return ByteBuffer.wrap(readAll(in.position(0), size, check)); // no mapping there
            }
          }
        });
  }

  /** Fills the array from a position on and returns where the file, or the array, ended. */
  private static int readInto(FileChannel in, byte[] bytes, int from) throws IOException {
    int position = from;
    while (position < bytes.length) {
      int step = Math.min(STEP_BYTES, bytes.length - position);
      int count = in.read(ByteBuffer.wrap(bytes, position, step));
      if (count < 0) {
        break;
      }
      position += count;
    }
    return position;
  }

  private static byte[] upTo(byte[] bytes, int end) {
    return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
  }

  @Override
  public boolean givesPermissions() {
    return permissions.isPresent();
  }

  @Override
  public void makeFile(Path newFile) throws IOException {
    if (permissions.isPresent()) {
      permissions.get().makeFile(newFile);
    } else {
      Files.createFile(newFile);
    }
  }

  @Override
  public void write(Path file, byte[] bytes) throws IOException {
    Uninterrupted.call(
        () -> {
          try (FileChannel out = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
            int position = 0;
            while (position < bytes.length) {
              int step = Math.min(STEP_BYTES, bytes.length - position);
              position += out.write(ByteBuffer.wrap(bytes, position, step));
            }
          }
          return null;
        });
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    DiskSteps.replace(from, to);
  }

  @Override
  public boolean link(Path newName, Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.createLink(newName, file);
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false; // not there, or not for files of others
    }
  }

  @Override
  public void deleteIfExists(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    try {
      if (permissions.isPresent()) {
        permissions.get().makeFolder(folder);
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  @Override
  public List<String> list(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public void forceFile(Path file) throws IOException {
    DiskSteps.forceFile(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    DiskSteps.forceFolder(folder);
  }
}
