package io.klepto.bench.annotation;

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

/**
 * Runs {@link AnnotationBenchmarks} and prints times, and how many times as long the cache itself
 * and Spring's interceptor take.
 */
public final class AnnotationReport {
  private static final String ARGUMENTS = "Of";

  private AnnotationReport() {}

  /**
   * Prints the table.
   *
   * @param quick fewer repetitions
   */
  public static void print(PrintStream out, boolean quick) throws RunnerException {
    new JmhReport(AnnotationBenchmarks.class, quick).print(out, AnnotationReport::table);
  }

  private static TextTable table(Collection<RunResult> results) {
    Map<String, Result<?>> times = new LinkedHashMap<>();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      times.put(time.getLabel(), time);
    }
    TextTable table = new TextTable("a hit", "ns", "fastest", "direct / this", "Spring / this");
    times.forEach(
        (name, time) -> {
          String arguments = name.substring(name.indexOf(ARGUMENTS));
          table.add(
              List.of(
                  name,
                  Rates.nanos(time.getScore()),
                  Rates.nanos(time.getStatistics().getMin()),
                  ratio(times.get("direct" + arguments), time),
                  ratio(times.get("spring" + arguments), time)));
        });
    return table;
  }

  private static String ratio(Result<?> other, Result<?> time) {
    return Rates.ratio(other.getScore() / time.getScore());
  }
}
