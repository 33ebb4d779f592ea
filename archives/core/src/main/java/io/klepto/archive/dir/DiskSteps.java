package io.klepto.archive.dir;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.klepto.archive.lock.Uninterrupted;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * The steps by which a new file takes the place of an old one and reaches the disk, on Windows too.
 * None ends early because its thread is interrupted; the status is kept.
 *
 * <p>No state; any thread may call.
 */
public final class DiskSteps {
  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final int WINDOWS_MOVES = 200;
  private static final long WINDOWS_MOVE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private DiskSteps() {}

  /**
   * Gives a file the name of another, which it replaces at one moment if it is there.
   *
   * <p>Windows refuses while somebody reads the file that is to be replaced, and is asked again for
   * a second.
   */
  public static void replace(Path from, Path to) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (AccessDeniedException e) {
        if (!WINDOWS || attempt == WINDOWS_MOVES) {
          throw e;
        }
        Uninterrupted.pause(WINDOWS_MOVE_PAUSE_NANOS);
      }
    }
  }

  /** Brings the content of a file to the disk. */
  public static void forceFile(Path file) throws IOException {
    Uninterrupted.call(
        () -> {
          // Windows forces only what is open for writing.
          try (FileChannel channel = FileChannel.open(file, WINDOWS ? WRITE : READ)) {
            channel.force(true);
          }
          return null;
        });
  }

  /** Brings the names in a folder to the disk, where the system can do that. */
  public static void forceFolder(Path folder) throws IOException {
    if (!WINDOWS) { // which can't open a folder, and keeps names in its journal
      forceFile(folder);
    }
  }
}
