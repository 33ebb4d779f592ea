package io.klepto.archive.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.klepto.archive.lock.Uninterrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The folder {@code <archive>.damaged}, made when first needed: one file for each damaged region
 * that was set aside, named {@code <namespace>-<id of the file>-<offset>}, with the bytes as they
 * were found.
 */
final class Quarantine {
  private static final int STEP_BYTES = 128 << 10;

  private final Path folder;

  Quarantine(Path archive) {
    this.folder = Folders.beside(archive, ".damaged");
  }

  /**
   * Copies a region and returns where to, on disk when the call returns.
   *
   * @param namespace the number of the namespace, 0 if it is not known
   */
  Path keep(LogFile log, int namespace, long offset, long bytes) throws IOException {
    Files.createDirectories(folder);
    String place = "-" + HexFormat.of().toHexDigits(log.header().fileId()) + "-" + offset;
    for (Path kept : Folders.list(folder, "")) {
      if (kept.getFileName().toString().endsWith(place)) {
        return kept;
      }
    }
    Path copy = folder.resolve(namespace + place);
    long end = Math.min(offset + bytes, Math.max(offset, log.data().size()));
    Uninterrupted.call(
        () -> {
          try (FileChannel out = FileChannel.open(copy, CREATE, TRUNCATE_EXISTING, WRITE)) {
            byte[] step = new byte[STEP_BYTES];
            for (long at = offset; at < end; ) {
              int count = log.data().read(step, 0, (int) Math.min(step.length, end - at), at);
              ByteBuffer read = ByteBuffer.wrap(step, 0, Math.max(0, count));
              while (read.hasRemaining()) {
                out.write(read);
              }
              at = count <= 0 ? end : at + count;
            }
            out.force(true);
          }
          return null;
        });
    Folders.force(folder);
    return copy;
  }

  /** Removes what was set aside of a namespace. */
  void destroy(int namespace) throws IOException {
    for (Path file : Folders.list(folder, namespace + "-")) {
      Files.deleteIfExists(file);
    }
  }
}
