package io.klepto.bench.coherence;

import io.klepto.bench.JmhReport;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

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
    new JmhReport(CoherenceBenchmarks.class, quick).print(out, CoherenceReport::table);
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
                  Rates.nanos(without),
                  Rates.nanos(with),
                  Rates.ratio(with / without)));
        });
    return table;
  }
}
