package io.klepto.examples;

import io.klepto.examples.bytecode.ClassKey;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file with a line for each result that was computed and that the archive holds: {@code computed
 * java.base/java.lang.String 9f2c…}.
 *
 * <p>Each line is one write to the end of the file, so that a line is there whole or not at all
 * even if the program is killed. Thread-safe.
 */
final class ComputedLog implements AutoCloseable {
  private final OutputStream file;

  private ComputedLog(OutputStream file) {
    this.file = file;
  }

  /** Opens a log, which is created if missing; without a file, one that keeps nothing. */
  static ComputedLog open(Optional<Path> file) throws IOException {
    return new ComputedLog(
        file.isPresent()
            ? new FileOutputStream(file.get().toFile(), true)
            : OutputStream.nullOutputStream());
  }

  /**
   * Notes that a result was computed, and that the cache has returned it.
   *
   * @throws UncheckedIOException if the file can't be written
   */
  synchronized void computed(ClassKey key) {
    try {
      file.write(("computed " + key + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the log of computed classes", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
