package io.klepto.examples;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveConfiguration;
import io.klepto.archive.Archives;
import io.klepto.keymap.Ignored;
import io.klepto.keymap.Rounding;
import io.klepto.memoize.Memoizer;
import io.klepto.memoize.RememberedCalls;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A parameter sweep to copy: {@link Lorenz#exponent} on a grid of its two parameters, each point
 * computed once in the life of a folder, and the whole grid written as HDF5.
 *
 * <p>Kill it whenever you like; the next run computes what is missing. A finer grid computes only
 * its new points, as arguments are rounded to six digits before they become keys. {@code verbose}
 * is no part of a key. Change {@link Lorenz}, and its results are computed anew, while those of the
 * old code stay until {@code prune}.
 */
public final class ParameterSweep {
  private static final int DIGITS = 6;
  private static final double[] SIGMA = {6, 16};
  private static final double[] RHO = {20, 40};

  private final Path folder;
  private final boolean verbose;
  private final PrintStream out;

  ParameterSweep(Path folder, boolean verbose, PrintStream out) {
    this.folder = folder;
    this.verbose = verbose;
    this.out = out;
  }

  /** Arguments: the folder of the results, the HDF5 file to write, points a side, --verbose. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    List<String> given = List.of(arguments);
    if (given.size() < 3 || !given.get(2).matches("[1-9][0-9]{0,3}")) {
      System.err.println("Usage: ParameterSweep FOLDER FILE.h5 POINTS [--verbose]");
      System.exit(2);
    }
    boolean verbose = given.contains("--verbose");
    ParameterSweep sweep = new ParameterSweep(Path.of(given.get(0)), verbose, System.out);
    sweep.run(Path.of(given.get(1)), Integer.parseInt(given.get(2)));
  }

  /** Computes what is missing of the grid, and writes the grid to a file. */
  void run(Path hdf5, int points) throws ReflectiveOperationException {
    double[] sigmas = range(SIGMA, points);
    double[] rhos = range(RHO, points);
    double[][] grid = new double[points][points];
    try (Memoizer memoizer =
        Memoizer.builder("lorenz")
            .archive(folder)
            .rounding(Rounding.simple(DIGITS))
            .ignore(Ignored.names("verbose"))
            .versioned()
            .statistics(true)
            .build()) {
      RememberedCalls<Object> exponent =
          memoizer.memoize(
              Lorenz.class.getMethod("exponent", double.class, double.class, boolean.class), null);
      exponent.explain().forEach(change -> out.println("computed anew: " + change));
      for (int i = 0; i < points; i++) {
        for (int j = 0; j < points; j++) {
          grid[i][j] = (double) exponent.call(sigmas[i], rhos[j], verbose);
        }
        out.printf(
            Locale.ROOT, "sigma %.3f done, %d computed%n", sigmas[i], exponent.info().misses());
      }
    }
    export(hdf5, sigmas, rhos, grid);
    out.println("wrote " + hdf5);
  }

  private static double[] range(double[] ends, int points) {
    return IntStream.range(0, points)
        .mapToDouble(i -> ends[0] + (ends[1] - ends[0]) * i / Math.max(1, points - 1))
        .toArray();
  }

  /** Writes axes and grid as datasets that h5py, MATLAB and h5dump read. */
  private static void export(Path file, double[] sigmas, double[] rhos, double[][] grid) {
    URI location = URI.create("hdf:" + file.toUri().getRawPath());
    ArchiveConfiguration<String, Object> configuration =
        ArchiveConfiguration.builder(String.class, Object.class).namespace("lorenz").build();
    try (Archive<String, Object> hdf5 = Archives.open(location, configuration)) {
      hdf5.put("sigma", sigmas);
      hdf5.put("rho", rhos);
      hdf5.put("exponent", grid);
    }
  }
}
