package io.klepto.archive.log;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One file of an archive, read and written at given offsets.
 *
 * <p>An interrupt closes the channel under all threads that use it. So each call puts the interrupt
 * status of its thread aside, and opens the file again where it finds the channel closed; whether
 * that is still the same file, its header tells. All calls can be repeated, since they name their
 * offset.
 *
 * <p>Safe for use by many threads.
 */
final class DataFile implements AutoCloseable {
  /** Larger steps would make the JDK keep direct buffers of that size for each thread. */
  private static final int STEP_BYTES = 128 << 10;

  private final String subject;
  private volatile Path path;
  private volatile FileChannel channel;
  private volatile boolean retired;
  private volatile boolean identified;
  private volatile long fileId;

  private DataFile(Path path, FileChannel channel, String subject) {
    this.path = path;
    this.channel = channel;
    this.subject = subject;
  }

  private interface ChannelAction<T> {
    T run(FileChannel channel) throws IOException;
  }

  /** Opens a file that is there; {@link #header} tells whose it is. */
  static DataFile open(Path path, String subject) throws IOException {
    DataFile file = new DataFile(path, FileChannel.open(path, READ, WRITE), subject);
    try {
      file.identify(file.header().fileId());
      return file;
    } catch (IOException | RuntimeException e) {
      file.channel.close();
      throw e;
    }
  }

  /** Makes a file that is not there, and writes its header and nothing else. */
  static DataFile create(Path path, FileHeaderV1 header, String subject) throws IOException {
    FileChannel channel = FileChannel.open(path, CREATE_NEW, READ, WRITE);
    DataFile file = new DataFile(path, channel, subject);
    byte[] head = new byte[HeadV1.BYTES];
    byte[] encoded = header.encode();
    System.arraycopy(encoded, 0, head, 0, encoded.length);
    System.arraycopy(encoded, 0, head, FileHeaderV1.COPY_AT, encoded.length);
    file.write(ByteBuffer.wrap(head), 0);
    file.identify(header.fileId());
    return file;
  }

  private void identify(long id) {
    fileId = id;
    identified = true;
  }

  /** Reads the header anew. */
  FileHeaderV1 header() throws IOException {
    return FileHeaderV1.decode(headBytes(), subject);
  }

  /** Returns the bytes of the head, fewer if the file is shorter. */
  byte[] headBytes() throws IOException {
    byte[] head = new byte[HeadV1.BYTES];
    int count = read(head, 0, head.length, 0);
    return count == head.length ? head : Arrays.copyOf(head, count);
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return call(FileChannel::size);
  }

  /** Reads up to {@code length} bytes and returns how many there were before the end. */
  int read(byte[] bytes, int from, int length, long offset) throws IOException {
    return call(
        in -> {
          int count = 0;
          while (count < length) {
            int step = Math.min(STEP_BYTES, length - count);
            int read = in.read(ByteBuffer.wrap(bytes, from + count, step), offset + count);
            if (read < 0) {
              break;
            }
            count += read;
          }
          return count;
        });
  }

  /** Writes all that remains in a buffer, which is not changed. */
  void write(ByteBuffer bytes, long offset) throws IOException {
    call(
        out -> {
          int end = bytes.limit();
          ByteBuffer step = bytes.duplicate();
          while (step.position() < end) {
            step.limit(bytes.isDirect() ? end : Math.min(end, step.position() + STEP_BYTES));
            out.write(step, offset + step.position() - bytes.position());
          }
          return null;
        });
  }

  /** Brings everything written so far to the disk. */
  void force() throws IOException {
    call(
        out -> {
          out.force(false);
          return null;
        });
  }

  /**
   * Maps the first bytes for reading and writing.
   *
   * @throws UnsupportedOperationException if the file system has no maps
   */
  MappedByteBuffer map(int bytes) throws IOException {
    return call(in -> in.map(FileChannel.MapMode.READ_WRITE, 0, bytes));
  }

  /** Tells that the file has got another name. */
  void renamedTo(Path newPath) {
    path = newPath;
  }

  /** Tells that the file is no longer the archive: every call fails from now on. */
  void retire() throws IOException {
    retired = true;
    close();
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  private <T> T call(ChannelAction<T> action) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        FileChannel used = channel;
        try {
          return action.run(used);
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
        } catch (ClosedChannelException e) {
          // by the interrupt of another thread, or by retire: reopen tells
        }
        reopen(used);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void reopen(FileChannel closed) throws IOException {
    if (retired) {
      throw new ReplacedFileException(path + " was compacted");
    }
    if (channel != closed) {
      return;
    }
    if (!identified) {
      channel = FileChannel.open(path, READ, WRITE); // whichever it is: its header is not read yet
      return;
    }
    DataFile again = open(path, subject);
    if (again.fileId != fileId) {
      again.close();
      throw new ReplacedFileException(path + " is another file");
    }
    channel = again.channel;
  }
}
