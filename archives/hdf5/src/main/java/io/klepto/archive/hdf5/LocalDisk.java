package io.klepto.archive.hdf5;

import static java.nio.file.StandardOpenOption.READ;

import io.klepto.archive.lock.Uninterrupted;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** Files on the disk. No state; safe for use by many threads. */
final class LocalDisk implements Disk {
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final int WINDOWS_MOVES = 200;
  private static final long WINDOWS_MOVE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  @Override
  public PatientChannel create(Path file) throws IOException {
    return PatientChannel.create(file);
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (AccessDeniedException e) {
        // Windows refuses while somebody reads the file that is to be replaced.
        if (!WINDOWS || attempt == WINDOWS_MOVES) {
          throw e;
        }
        Uninterrupted.pause(WINDOWS_MOVE_PAUSE_NANOS);
      }
    }
  }

  @Override
  public void deleteIfExists(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    if (WINDOWS) { // which can't open a folder, and keeps names in its journal
      return;
    }
    Uninterrupted.call(
        () -> {
          try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
          }
          return null;
        });
  }
}
