package io.klepto.archive.hdf5;

import static java.nio.file.StandardOpenOption.READ;

import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that is read for long, and opened anew when an interrupt has closed it: so nobody may
 * replace it meanwhile. The interrupt status is kept. Used by one thread.
 */
final class PatientReader implements BaseFormatV1.ByteSource, AutoCloseable {
  private final Path file;
  private FileChannel channel;

  private PatientReader(Path file) throws IOException {
    this.file = file;
    this.channel = openChannel();
  }

  static PatientReader open(Path file) throws IOException {
    return new PatientReader(file);
  }

  private FileChannel openChannel() throws IOException {
    return Uninterrupted.call(() -> FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS));
  }

  @Override
  public byte[] read(long start, int length) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return FileBytes.read(channel, start, length);
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
          channel = openChannel();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
