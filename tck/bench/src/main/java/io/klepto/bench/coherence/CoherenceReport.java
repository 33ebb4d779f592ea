package io.klepto.bench.coherence;

import io.klepto.bench.Machine;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link CoherenceBenchmarks} and prints times, and what coherence adds. */
public final class CoherenceReport {
  /** An operation on an archive. */
  private record Operation(String name, String archive) {}

  private CoherenceReport() {}

  /**
   * Prints the table.
   *
   * @param quick fewer repetitions
   */
  public static void print(PrintStream out, boolean quick) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(CoherenceBenchmarks.class.getName() + "\\.")
            .shouldFailOnError(true);
    if (quick) {
      options.forks(1).warmupIterations(3).measurementIterations(3);
    }
    out.print(table(new Runner(options.build()).run()));
    out.println();
    out.println(Machine.line());
  }

  private static TextTable table(Collection<RunResult> results) {
    Map<Operation, Map<String, Double>> times = new LinkedHashMap<>();
    for (RunResult result : results) {
      Operation operation =
          new Operation(
              result.getPrimaryResult().getLabel(), result.getParams().getParam("archive"));
      times
          .computeIfAbsent(operation, each -> new LinkedHashMap<>())
          .put(result.getParams().getParam("coherence"), result.getPrimaryResult().getScore());
    }
    TextTable table =
        new TextTable("operation", "archive", "ns without", "ns with coherence", "ratio");
    times.forEach(
        (operation, byCoherence) -> {
          double without = byCoherence.get("NONE");
          double with = byCoherence.get("STAMPS");
          table.add(
              List.of(
                  operation.name(),
                  operation.archive() + ":",
                  nanos(without),
                  nanos(with),
                  Rates.ratio(with / without)));
        });
    return table;
  }

  private static String nanos(double time) {
    return String.format(Locale.ROOT, "%.1f", time);
  }
}
