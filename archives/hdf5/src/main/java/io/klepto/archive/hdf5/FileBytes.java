package io.klepto.archive.hdf5;

import static java.nio.file.StandardOpenOption.READ;

import io.klepto.archive.lock.Uninterrupted;
import io.klepto.archive.store.EnvelopeV1;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads bytes of files, to their end also in threads that are interrupted.
 *
 * <p>No state; any thread may call.
 */
final class FileBytes {
  /** Larger steps would make the JDK keep direct buffers of that size for each thread. */
  private static final int STEP_BYTES = 128 << 10;

  private FileBytes() {}

  /** What is done with a file that is open for reading; may be done anew from its start. */
  interface Reading<T> {
    /** Reads. */
    T from(FileChannel in) throws IOException;
  }

  /**
   * Opens a file for a while.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  static <T> T with(Path file, Reading<T> reading) throws IOException {
    return Uninterrupted.call(
        () -> {
          try (FileChannel in = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            return reading.from(in);
          }
        });
  }

  /** Returns all bytes of a file. */
  static byte[] read(Path file) throws IOException {
    return with(
        file,
        in -> {
          long size = in.size();
          if (size > EnvelopeV1.MAX_BYTES) {
            throw new FileSystemException(
                file.toString(),
                null,
                "expected at most " + EnvelopeV1.MAX_BYTES + " bytes, found " + size);
          }
          byte[] all = new byte[(int) size];
          int end = fill(in, 0, all);
          return end == all.length ? all : Arrays.copyOf(all, end);
        });
  }

  /**
   * Returns bytes of an open file.
   *
   * @throws EOFException if it ends before
   */
  static byte[] read(FileChannel in, long start, int length) throws IOException {
    byte[] bytes = new byte[length];
    int end = fill(in, start, bytes);
    if (end < length) {
      throw new EOFException(
          "expected %d bytes from byte %d on, found %d".formatted(length, start, end));
    }
    return bytes;
  }

  /** Fills an array as far as the file goes and returns how far that is. */
  private static int fill(FileChannel in, long start, byte[] bytes) throws IOException {
    int next = 0;
    while (next < bytes.length) {
      int step = Math.min(STEP_BYTES, bytes.length - next);
      int count = in.read(ByteBuffer.wrap(bytes, next, step), start + next);
      if (count < 0) {
        break;
      }
      next += count;
    }
    return next;
  }
}
