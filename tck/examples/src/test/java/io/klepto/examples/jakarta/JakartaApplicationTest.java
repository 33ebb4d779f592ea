package io.klepto.examples.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application is run twice, in processes of their own. */
final class JakartaApplicationTest {
  private static final List<String> COUNTS =
      List.of("168 primes below 1000", "78498 primes below 1000000");

  @TempDir private Path folder;

  @Test
  void secondRun_computesNothing() throws Exception {
    assertEquals(
        List.of("computing 1000", COUNTS.get(0), "computing 1000000", COUNTS.get(1)), run());
    assertEquals(COUNTS, run());
  }

  /** Returns the lines that a run prints, without what Weld logs. */
  private List<String> run() throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dprimes.folder=" + folder.resolve("primes"),
                "-cp",
                System.getProperty("java.class.path"),
                JakartaApplication.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      assertEquals(ended ? 0 : -1, ended ? process.exitValue() : -2, Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(output);
  }
}
