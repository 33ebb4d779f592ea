package io.klepto.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs of the program {@link JdkMetrics} in processes of their own. */
final class JdkMetricsProcess {
  private JdkMetricsProcess() {}

  /**
   * Starts a run.
   *
   * @param log gets a line for each class that is analysed
   * @param output gets all that the program prints
   * @param classes how many it takes
   */
  static Process start(Path archive, Path log, Path output, int classes, int threads)
      throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            JdkMetrics.class.getName(),
            "--archive",
            archive.toString(),
            "--log",
            log.toString(),
            "--module",
            "java.xml",
            "--limit",
            Integer.toString(classes),
            "--threads",
            Integer.toString(threads))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Returns the line of a run's output that sums up its results. */
  static String digest(Path output) throws IOException {
    return Files.readAllLines(output).stream()
        .filter(line -> line.startsWith("digest "))
        .findFirst()
        .orElseThrow();
  }
}
