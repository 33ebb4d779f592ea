package io.klepto.archive.testkit.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A temporary folder in which attacks make folders of their own. Used by one thread at a time. */
final class WorkFolder implements AutoCloseable {
  private final Path root;
  private int made;

  WorkFolder() {
    try {
      root = Files.createTempDirectory("attack").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes an empty folder. */
  Path fresh() {
    made++;
    try {
      return Files.createDirectory(root.resolve(Integer.toString(made)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the content of all files below a folder, by their paths relative to it. */
  static SortedMap<String, byte[]> filesIn(Path folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Copies a folder with all that is below it into one that is empty. */
  static void copy(Path from, Path to) {
    try (Stream<Path> found = Files.walk(from)) {
      for (Path source : found.filter(path -> !path.equals(from)).toList()) {
        Files.copy(source, to.resolve(from.relativize(source).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what is below a folder, and the folder. */
  static void remove(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    remove(root);
  }
}
