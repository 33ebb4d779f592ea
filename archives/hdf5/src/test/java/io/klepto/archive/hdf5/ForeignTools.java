package io.klepto.archive.hdf5;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that are not ours and read HDF5: a Python with h5py, and h5dump.
 *
 * <p>Where one is missing, its tests are skipped; with {@code KLEPTO_REQUIRE_HDF5_TOOLS=true} in
 * the environment they fail.
 */
final class ForeignTools {
  private static final String REQUIRED = "KLEPTO_REQUIRE_HDF5_TOOLS";
  private static final long PATIENCE_SECONDS = 120;

  private ForeignTools() {}

  /** Runs a Python program that may import h5py, and returns the lines that it prints. */
  static List<String> python(String program, Path... arguments) {
    String python = null;
    for (String candidate : List.of("/usr/bin/python3", "python3")) {
      if (python == null && succeeds(candidate, "-c", "import h5py")) {
        python = candidate;
      }
    }
    requireFound(python != null, "a Python with h5py");
    List<String> command = new ArrayList<>(List.of(python, "-c", program));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    return run(command);
  }

  /** Runs {@code h5dump} and returns the lines that it prints. */
  static List<String> h5dump(String... arguments) {
    requireFound(succeeds("h5dump", "--version"), "h5dump");
    List<String> command = new ArrayList<>(List.of("h5dump"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static void requireFound(boolean found, String tool) {
    String message = "expected " + tool + " on the path, found none";
    if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
      Assertions.assertTrue(found, message);
    }
    Assumptions.assumeTrue(found, message);
  }

  private static boolean succeeds(String... command) {
    try {
      return start(List.of(command), null).exitValue() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private static List<String> run(List<String> command) {
    try {
      Path output = Files.createTempFile("foreign", ".txt");
      try {
        int exit = start(command, output).exitValue();
        List<String> lines = Files.readAllLines(output, UTF_8);
        Assertions.assertEquals(0, exit, () -> command + ": " + lines);
        return lines;
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new AssertionError(command + ": " + e, e);
    }
  }

  private static Process start(List<String> command, Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(
        output == null
            ? ProcessBuilder.Redirect.DISCARD
            : ProcessBuilder.Redirect.to(output.toFile()));
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().put("HDF5_USE_FILE_LOCKING", "FALSE");
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "expected " + command + " to end within " + PATIENCE_SECONDS + " s, found it running");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + command + " ran", e);
    }
    return process;
  }
}
