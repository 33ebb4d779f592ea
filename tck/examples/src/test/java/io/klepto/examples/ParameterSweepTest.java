package io.klepto.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterSweepTest {
  private static final int POINTS = 6;
  private static final long PATIENCE_SECONDS = 120;

  /** Prints shape and corner of the grid, and the ends of both axes, found by their keys. */
  private static final String READ =
      """
      import h5py, sys
      found = {}
      def collect(name, node):
          if isinstance(node, h5py.Dataset) and 'key' in node.attrs:
              found[node.attrs['key'].decode('utf-8')] = node[()]
      with h5py.File(sys.argv[1], 'r') as file:
          file.visititems(collect)
      print(found['exponent'].shape, found['exponent'].dtype)
      print(repr(float(found['exponent'][-1][0])))
      print(found['sigma'].tolist(), found['rho'].tolist())
      """;

  @TempDir private Path folder;

  private String sweep(boolean verbose, int points) throws ReflectiveOperationException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(text, true, UTF_8)) {
      new ParameterSweep(results(), verbose, out).run(file(), points);
    }
    return text.toString(UTF_8);
  }

  private Path results() {
    return folder.resolve("results");
  }

  private Path file() {
    return folder.resolve("lorenz.h5");
  }

  @Test
  void exponent_isTheKnownOneOfTheClassicalParameters() {
    assertEquals(0.906, Lorenz.exponent(10, 28, false), 0.03);
  }

  @Test
  void secondRun_alsoVerboseOrWithRoundedParameters_computesNothing() throws Exception {
    assertTrue(sweep(false, 2).contains("sigma 16.000 done, 4 computed"));
    assertTrue(sweep(true, 2).contains("sigma 16.000 done, 0 computed"));
  }

  @Test
  void finerGrid_computesItsNewPointsAlone() throws Exception {
    sweep(false, 2);
    String finer = sweep(false, 3);
    assertTrue(finer.contains("sigma 16.000 done, 5 computed"), finer);
  }

  @Test
  void killedSweep_goesOnWhereItWas() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                ParameterSweep.class.getName(),
                results().toString(),
                file().toString(),
                Integer.toString(30 * POINTS))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (recordFiles() < POINTS) {
      assertTrue(System.nanoTime() < end, () -> "no results: " + folder);
      assertTrue(
          !process.waitFor(1, TimeUnit.MILLISECONDS), () -> "ended by itself: " + text("output"));
    }
    process.destroyForcibly();
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    // The first points of the first row are the same in a sweep of one point a side.
    assertTrue(sweep(false, 1).contains("sigma 6.000 done, 0 computed"));
  }

  private long recordFiles() throws IOException {
    if (Files.notExists(results())) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(results())) {
      return files.filter(Files::isRegularFile).count();
    } catch (UncheckedIOException e) {
      return 0; // renamed during the walk
    }
  }

  private String text(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void file_isReadByH5py() throws Exception {
    sweep(false, 3);
    String python = python();
    boolean required = Boolean.parseBoolean(System.getenv("KLEPTO_REQUIRE_HDF5_TOOLS"));
    assertTrue(python != null || !required, "expected a Python with h5py, found none");
    assumeTrue(python != null, "expected a Python with h5py, found none");
    Path output = folder.resolve("read");
    assertEquals(0, exitOf(output, python, "-c", READ, file().toString()), () -> text("read"));
    List<String> lines = Files.readAllLines(output);
    assertEquals("(3, 3) float64", lines.get(0));
    assertEquals(Double.toString(Lorenz.exponent(16, 20, false)), lines.get(1));
    assertEquals("[6.0, 11.0, 16.0] [20.0, 30.0, 40.0]", lines.get(2));
  }

  private String python() throws IOException, InterruptedException {
    for (String candidate : List.of("/usr/bin/python3", "python3")) {
      try {
        if (exitOf(folder.resolve("import"), candidate, "-c", "import h5py") == 0) {
          return candidate;
        }
      } catch (IOException e) {
        assertTrue(e.getMessage().contains(candidate), "not there: " + e.getMessage());
      }
    }
    return null;
  }

  private static int exitOf(Path output, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    return process.exitValue();
  }
}
