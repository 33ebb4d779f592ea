package io.klepto.bench.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders: made, measured, removed. */
public final class Folders {
  private static final String OF_RUN = "bench.run.folder";

  private Folders() {}

  /** Returns the argument that lets a JVM make its folders in another. */
  static String makingIn(Path folder) {
    return "-D" + OF_RUN + "=" + folder;
  }

  /**
   * Makes one: in the folder of the run if there is one, where the property {@code bench.folder}
   * says, or in the system's place.
   */
  public static Path make() {
    String parent = System.getProperty(OF_RUN, System.getProperty("bench.folder"));
    try {
      return parent == null
          ? Files.createTempDirectory("klepto-bench")
          : Files.createTempDirectory(Files.createDirectories(Path.of(parent)), "klepto-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many bytes the files in it have on the disk, as far as their lengths tell. */
  static long bytesIn(Path folder) {
    return filesIn(folder).stream().mapToLong(Folders::size).sum();
  }

  /** Removes a folder with all that is in it. */
  public static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
