package io.klepto.bench.archive;

import io.klepto.bench.JmhReport;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs {@link ArchiveBenchmarks} for the engines, all in one run, and prints rates with their
 * spread, and ratios to SQLite.
 */
public final class ArchiveReport {
  private static final List<String> WORKLOADS = List.of("put", "putAll", "get", "getAll");
  private static final EngineKind RIVAL = EngineKind.SQLITE;

  private ArchiveReport() {}

  /**
   * Prints the table.
   *
   * @param quick fewer repetitions
   * @param engines names of {@link EngineKind}, none for all
   */
  public static void print(PrintStream out, boolean quick, List<String> engines)
      throws RunnerException {
    String[] names =
        engines.isEmpty()
            ? Arrays.stream(EngineKind.values()).map(Enum::name).toArray(String[]::new)
            : engines.toArray(String[]::new);
    Path folder = Folders.make();
    new JmhReport(ArchiveBenchmarks.class, quick)
        .with("engine", names)
        .withArgument(Folders.makingIn(folder))
        .print(out, ArchiveReport::table);
    Folders.remove(folder);
  }

  private static TextTable table(Collection<RunResult> results) {
    Map<EngineKind, Map<String, Result<?>>> byEngine = new EnumMap<>(EngineKind.class);
    for (RunResult result : results) {
      String label = result.getPrimaryResult().getLabel();
      byEngine
          .computeIfAbsent(
              EngineKind.valueOf(result.getParams().getParam("engine")), kind -> new TreeMap<>())
          .put(label, result.getPrimaryResult());
    }
    List<String> titles = new ArrayList<>(List.of("entries/s (spread), ratio to SQLite"));
    titles.addAll(WORKLOADS);
    TextTable table = new TextTable(titles.toArray(String[]::new));
    byEngine.forEach(
        (kind, measured) -> {
          List<String> row = new ArrayList<>(List.of(kind.title()));
          for (String workload : WORKLOADS) {
            Map<String, Result<?>> rival = byEngine.getOrDefault(RIVAL, Map.of());
            row.add(cell(measured.get(workload), rival.get(workload)));
          }
          table.add(row);
        });
    return table;
  }

  private static String cell(Result<?> measured, Result<?> rival) {
    if (measured == null) {
      return "-";
    }
    double rate = 1e6 / measured.getScore();
    String ratio = rival == null ? "" : ", " + Rates.ratio(rival.getScore() / measured.getScore());
    return "%s ±%.0f%%%s".formatted(Rates.perSecond(rate), JmhReport.spread(measured), ratio);
  }
}
