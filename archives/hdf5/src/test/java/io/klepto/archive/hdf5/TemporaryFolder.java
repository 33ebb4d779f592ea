package io.klepto.archive.hdf5;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that goes, with all in it, when it is closed. */
final class TemporaryFolder implements AutoCloseable {
  private final Path path;

  TemporaryFolder() {
    try {
      path = Files.createTempDirectory("hdf5-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes everything in the folder of a file but the file. */
  static void removeAllBut(Path file) {
    try (Stream<Path> files = Files.walk(file.getParent())) {
      for (Path found : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!found.equals(file) && !found.equals(file.getParent())) {
          Files.delete(found);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
