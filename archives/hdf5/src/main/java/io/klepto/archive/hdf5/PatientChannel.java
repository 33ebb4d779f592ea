package io.klepto.archive.hdf5;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The channel that jhdf writes a new file through.
 *
 * <p>jhdf makes one call for each row of an array, does not look at how much of a buffer was
 * written, and knows nothing of interrupts. So this channel gathers what is written in sequence,
 * writes each buffer whole, and opens the file anew when an interrupt has closed it: all writes say
 * where they go, and can be repeated. The interrupt status is kept.
 *
 * <p>It writes, tells its size, and forces; whatever reads or locks is unsupported. Used by one
 * thread.
 */
final class PatientChannel extends FileChannel {
  /** Opens the file for writing without emptying it; a test may make it fail. */
  interface Opener {
    /** Returns a channel on the file. */
    FileChannel open(Path file) throws IOException;
  }

  private static final int GATHERED_BYTES = 64 << 10;
  private static final int STEP_BYTES = 128 << 10;

  private final Path file;
  private final Opener opener;
  private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED_BYTES);
  private FileChannel channel;
  private final CRC32C sequenceCrc = new CRC32C();
  private long sequenceStart;
  private long sequenceLimit = Long.MAX_VALUE;
  private long gatheredAt;
  private long position;
  private long size;

  private PatientChannel(Path file, Opener opener, FileChannel channel) {
    this.file = file;
    this.opener = opener;
    this.channel = channel;
  }

  /** Opens a new file, or empties one. */
  static PatientChannel create(Path file) throws IOException {
    Uninterrupted.call(
        () -> {
          FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE).close();
          return null;
        });
    return over(file, path -> FileChannel.open(path, WRITE));
  }

  /** Opens an empty file by the given way. */
  static PatientChannel over(Path file, Opener opener) throws IOException {
    return new PatientChannel(file, opener, Uninterrupted.call(() -> opener.open(file)));
  }

  /**
   * {@inheritDoc}
   *
   * <p>What goes beyond the limit of the sequence is taken and dropped.
   */
  @Override
  public int write(ByteBuffer source) throws IOException {
    int taken = source.remaining();
    int count = (int) Math.min(taken, sequenceLimit - sequenceBytes());
    int end = source.limit();
    append(source.limit(source.position() + count));
    source.limit(end).position(end);
    return taken;
  }

  private void append(ByteBuffer source) throws IOException {
    int count = source.remaining();
    sequenceCrc.update(source.duplicate());
    if (count > gathered.remaining()) {
      flush();
    }
    if (count > gathered.remaining()) {
      writeWhole(source, position);
    } else {
      if (gathered.position() == 0) {
        gatheredAt = position;
      }
      gathered.put(source);
    }
    position += count;
    size = Math.max(size, position);
  }

  @Override
  public int write(ByteBuffer source, long target) throws IOException {
    flush();
    int count = source.remaining();
    writeWhole(source, target);
    size = Math.max(size, target + count);
    return count;
  }

  /** Hands everything that was written to the system. */
  void flush() throws IOException {
    if (gathered.position() > 0) {
      writeWhole(gathered.flip(), gatheredAt);
      gathered.clear();
    }
  }

  private void writeWhole(ByteBuffer source, long target) throws IOException {
    int start = source.position();
    int end = source.limit();
    int next = start;
    while (next < end) {
      int stepEnd = Math.min(end, next + STEP_BYTES);
      ByteBuffer step = source.duplicate().position(next).limit(stepEnd);
      long at = target + (next - start);
      patiently(() -> channel.write(step.duplicate(), at) == step.remaining());
      next = stepEnd;
    }
    source.position(end);
  }

  /** Something that is done again until it is done whole. */
  private interface Step {
    boolean isDone() throws IOException;
  }

  private void patiently(Step step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          if (step.isDone()) {
            return;
          }
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
          channel = Uninterrupted.call(() -> opener.open(file));
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public long position() {
    return position;
  }

  /** Moves, and begins a new sequence. */
  @Override
  public FileChannel position(long newPosition) throws IOException {
    if (newPosition != position) {
      flush();
      position = newPosition;
    }
    sequenceStart = newPosition;
    sequenceCrc.reset();
    return this;
  }

  /**
   * Sets how many bytes may be written in sequence: jhdf writes strings with what else was in the
   * array that their bytes came in, and counts on writing over it later.
   */
  void limitSequence(long bytes) {
    sequenceLimit = bytes;
  }

  /** Returns the CRC32C of what was written in sequence since the channel was last moved. */
  int sequenceCrc() {
    return (int) sequenceCrc.getValue();
  }

  /** Returns how many bytes were written in sequence since the channel was last moved. */
  long sequenceBytes() {
    return position - sequenceStart;
  }

  @Override
  public long size() {
    return size;
  }

  /** Brings to the disk what was written, through this channel or one before it. */
  @Override
  public void force(boolean metaData) throws IOException {
    flush();
    patiently(
        () -> {
          channel.force(metaData);
          return true;
        });
  }

  @Override
  protected void implCloseChannel() throws IOException {
    try {
      flush();
    } finally {
      channel.close();
    }
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer target, long source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long newSize) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long source, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long target, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long start, long length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long start, long length, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long start, long length, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
