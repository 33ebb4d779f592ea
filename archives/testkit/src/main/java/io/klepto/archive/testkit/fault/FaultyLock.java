package io.klepto.archive.testkit.fault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;

/** A real lock, whose channel is the one that was asked for it. */
final class FaultyLock extends FileLock {
  private final FileLock real;

  FaultyLock(FileChannel channel, FileLock real) {
    super(channel, real.position(), real.size(), real.isShared());
    this.real = real;
  }

  @Override
  public boolean isValid() {
    return real.isValid();
  }

  @Override
  public void release() throws IOException {
    real.release();
  }
}
