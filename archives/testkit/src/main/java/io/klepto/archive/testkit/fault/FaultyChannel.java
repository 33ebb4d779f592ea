package io.klepto.archive.testkit.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A channel of a {@link FaultyFileSystem} over a real one: locks and mappings are real, writes can
 * be cut short or fail.
 *
 * <p>When an interrupt closes the real channel, this one is closed too. Safe for use by many
 * threads as far as the real one is; changes come one after the other.
 */
final class FaultyChannel extends FileChannel {
  private static final int STEP_BYTES = 64 << 10;

  private final FaultyDisk disk;
  private final Path path;
  private final FileChannel real;
  private final ShadowNode node;

  /**
   * Wraps a channel.
   *
   * @param node what the shadow has of the file or folder, whatever its name will be; or null
   */
  FaultyChannel(FaultyDisk disk, Path path, FileChannel real, ShadowNode node) {
    this.disk = disk;
    this.path = path;
    this.real = real;
    this.node = node;
  }

  /** Does something with the real channel, and closes this one if that closed. */
  private <T> T with(FaultyDisk.Action<T> action) throws IOException {
    try {
      return action.run();
    } catch (ClosedChannelException e) {
      close();
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    disk.faults().requireAccess(path);
    return with(() -> real.read(target));
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    disk.faults().requireAccess(path);
    return with(() -> real.read(targets, offset, length));
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    disk.faults().requireAccess(path);
    return with(() -> real.read(target, position));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    synchronized (disk.faults()) {
      // Where an appending channel will write is the end, and so it says.
      return with(() -> write(source, real.position(), real::write));
    }
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return with(() -> write(source, position, part -> real.write(part, position)));
  }

  /** Writes as one change what the buffers hold, from the first to the last. */
  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    int total = 0;
    for (int i = offset; i < offset + length; i++) {
      total += sources[i].remaining();
    }
    ByteBuffer joined = ByteBuffer.allocate(total);
    for (int i = offset; i < offset + length; i++) {
      joined.put(sources[i].duplicate());
    }
    joined.flip();
    try {
      return write(joined);
    } finally {
      int written = joined.position();
      for (int i = offset; i < offset + length; i++) {
        int taken = Math.min(written, sources[i].remaining());
        sources[i].position(sources[i].position() + taken);
        written -= taken;
      }
    }
  }

  /** Writes to the real channel what there is space for. */
  private interface Write {
    int of(ByteBuffer part) throws IOException;
  }

  private int write(ByteBuffer source, long position, Write write) throws IOException {
    int wanted = source.remaining();
    if (wanted == 0) {
      return 0;
    }
    int start = source.position();
    return disk.change(
        Operation.Kind.WRITE,
        path,
        wanted,
        () -> {
          ByteBuffer part = source.duplicate();
          part.limit(start + disk.faults().spaceFor(wanted));
          try {
            return write.of(part);
          } finally {
            // An interrupt can strike when the bytes are written already.
            source.position(part.position());
            noteUnforced(source, start, position);
          }
        },
        (shadow, number, count) -> {});
  }

  private void noteUnforced(ByteBuffer source, int start, long position) {
    int written = source.position() - start;
    if (node instanceof ShadowFile file && written > 0) {
      byte[] bytes = new byte[written];
      source.get(start, bytes);
      file.write(disk.faults().newest(), position, bytes);
    }
  }

  @Override
  public long position() throws IOException {
    return with(real::position);
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    with(() -> real.position(newPosition));
    return this;
  }

  @Override
  public long size() throws IOException {
    return with(real::size);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.change(
        Operation.Kind.TRUNCATE,
        path,
        0,
        () -> with(() -> size < real.size() && real.truncate(size) != null),
        (shadow, number, cut) -> {
          if (cut && node instanceof ShadowFile file) {
            file.resize(number, size);
          }
        });
    return this;
  }

  /** Notes that it was asked for. The real disk, which outlives the test anyway, is spared. */
  @Override
  public void force(boolean metaData) throws IOException {
    disk.change(
        Operation.Kind.FORCE,
        path,
        0,
        () -> with(real::size), // which fails if the channel is closed
        (shadow, number, size) -> {
          if (node instanceof ShadowFile file) {
            file.force();
          } else if (node instanceof ShadowFolder folder) {
            folder.force();
          }
        });
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    disk.faults().requireAccess(path);
    return with(() -> real.transferTo(position, count, target));
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    long done = 0;
    while (done < count) {
      ByteBuffer step = ByteBuffer.allocate((int) Math.min(STEP_BYTES, count - done));
      if (source.read(step) <= 0) {
        break;
      }
      step.flip();
      while (step.hasRemaining()) {
        done += write(step, position + done);
      }
    }
    return done;
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    if (mode != MapMode.READ_WRITE) {
      disk.faults().requireAccess(path);
      return with(() -> real.map(mode, position, size));
    }
    return disk.change(
        Operation.Kind.MAP,
        path,
        size,
        () -> with(() -> real.map(mode, position, size)),
        (shadow, number, buffer) -> {
          if (node instanceof ShadowFile file) {
            file.map(number, position, buffer.duplicate());
          }
        });
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return new FaultyLock(this, with(() -> real.lock(position, size, shared)));
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    FileLock lock = with(() -> real.tryLock(position, size, shared));
    return lock == null ? null : new FaultyLock(this, lock);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }
}
