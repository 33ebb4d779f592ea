package io.klepto.bench.memoize;

import io.klepto.bench.JmhReport;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link MemoizeBenchmarks} and prints times, and ratios to Caffeine. */
public final class MemoizeReport {
  /** What each is compared with. */
  private static final Map<String, String> RIVALS =
      Map.of(
          "rawKeymap", "caffeineGet",
          "rawKeymapBounded", "caffeineBoundedGet",
          "hashKeymap", "caffeineGet",
          "rawKeymapOfThree", "caffeineGetOfThree",
          "hashKeymapOfThree", "caffeineGetOfThree");

  /** A benchmark with its number of different calls. */
  private record Hit(String benchmark, String calls) {}

  private MemoizeReport() {}

  /**
   * Prints the table.
   *
   * @param quick fewer repetitions
   */
  public static void print(PrintStream out, boolean quick) throws RunnerException {
    new JmhReport(MemoizeBenchmarks.class, quick).print(out, MemoizeReport::table);
  }

  private static TextTable table(Collection<RunResult> results) {
    Map<Hit, Result<?>> times = new LinkedHashMap<>();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      times.put(new Hit(time.getLabel(), result.getParams().getParam("calls")), time);
    }
    TextTable table = new TextTable("a hit", "calls", "ns", "fastest", "ratio to Caffeine");
    times.forEach(
        (hit, time) -> {
          Result<?> rival = times.get(new Hit(RIVALS.get(hit.benchmark()), hit.calls()));
          table.add(
              List.of(
                  hit.benchmark(),
                  hit.calls(),
                  Rates.nanos(time.getScore()),
                  Rates.nanos(time.getStatistics().getMin()),
                  rival == null ? "" : Rates.ratio(time.getScore() / rival.getScore())));
        });
    return table;
  }
}
