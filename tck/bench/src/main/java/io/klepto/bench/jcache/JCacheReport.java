package io.klepto.bench.jcache;

import io.klepto.bench.JmhReport;
import io.klepto.bench.Machine;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the rows with all contenders and prints rates, our ratio to the best other provider, the
 * spread of ours and of that, and the ratio to reach.
 */
public final class JCacheReport {
  private static final List<Contender> RIVALS =
      Arrays.stream(Contender.values()).filter(each -> !each.isOurs()).toList();

  private static final TimeValue QUICK_WARMUP = TimeValue.milliseconds(400);
  private static final TimeValue QUICK_MEASUREMENT = TimeValue.milliseconds(250);

  private JCacheReport() {}

  /** A row with a number of threads, and what was measured of each. */
  private record Measured(
      Row row, int threads, Map<Contender, RunResult> results, Map<String, Result<?>> limits) {}

  /**
   * Prints the table.
   *
   * @param quick fewer and shorter repetitions
   * @param names names of rows, and of contenders to restrict it to; none for all
   */
  public static void print(PrintStream out, boolean quick, List<String> names)
      throws RunnerException {
    List<String> known = Arrays.stream(Contender.values()).map(Enum::name).toList();
    List<Contender> who = names.stream().filter(known::contains).map(Contender::valueOf).toList();
    List<Row> rows =
        names.stream().filter(name -> !known.contains(name)).map(Row::of).distinct().toList();
    List<Measured> all = new ArrayList<>();
    for (Row row : rows.isEmpty() ? List.of(Row.values()) : rows) {
      List<Contender> contenders =
          row.contenders().stream().filter(each -> who.isEmpty() || who.contains(each)).toList();
      for (int threads : row.threads()) {
        all.add(measure(row, threads, quick, contenders, who.isEmpty()));
      }
    }
    out.print(table(all));
    out.println();
    out.println("M ops/s; ratio to the best of the others");
    out.println(Machine.line());
  }

  private static Measured measure(
      Row row, int threads, boolean quick, List<Contender> contenders, boolean withLimits)
      throws RunnerException {
    Map<Contender, RunResult> results = new EnumMap<>(Contender.class);
    report(JCacheBenchmarks.class, row, threads, quick)
        .with("contender", contenders.stream().map(Enum::name).toArray(String[]::new))
        .run()
        .forEach(
            each -> results.put(Contender.valueOf(each.getParams().getParam("contender")), each));
    Map<String, Result<?>> limits = new TreeMap<>();
    if (withLimits && row.hasLimit()) {
      report(LimitBenchmarks.class, row, threads, quick)
          .with("limit", row.limits(threads))
          .run()
          .forEach(each -> limits.put(each.getParams().getParam("limit"), each.getPrimaryResult()));
    }
    return new Measured(row, threads, results, limits);
  }

  private static JmhReport report(Class<?> benchmarks, Row row, int threads, boolean quick) {
    JmhReport report = new JmhReport(benchmarks, row.method(), quick).threads(threads);
    return quick ? report.lasting(QUICK_WARMUP, QUICK_MEASUREMENT) : report;
  }

  private static TextTable table(List<Measured> all) {
    List<String> titles = new ArrayList<>(List.of("row", "threads", "klepto"));
    RIVALS.forEach(rival -> titles.add(rival.name().toLowerCase(Locale.ROOT)));
    titles.addAll(List.of("bare map", "raw caffeine", "ratio", "spread", "target"));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (Measured measured : all) {
      measured.results().keySet().stream()
          .filter(Contender::isOurs)
          .forEach(ours -> table.add(line(measured, ours)));
    }
    return table;
  }

  private static List<String> line(Measured measured, Contender ours) {
    boolean byMisses =
        measured.row() == Row.MISS && (ours == Contender.KLEPTO_MRU || ours == Contender.KLEPTO_RR);
    String policy =
        measured.row().isByPolicy()
            ? ", " + (ours == Contender.KLEPTO ? "LRU" : ours.name().substring(7))
            : "";
    List<String> cells =
        new ArrayList<>(
            List.of(
                measured.row().title() + policy + (byMisses ? " (misses)" : ""),
                Integer.toString(measured.threads())));
    Result<?> mine = result(measured, ours, byMisses);
    cells.add(rate(mine));
    Result<?> best = null;
    for (Contender rival : RIVALS) {
      Result<?> other = result(measured, rival, byMisses);
      cells.add(rate(other));
      if (other != null && (best == null || other.getScore() > best.getScore())) {
        best = other;
      }
    }
    cells.add(byMisses ? "-" : rate(measured.limits().get("MAP")));
    cells.add(byMisses ? "-" : rate(measured.limits().get("CAFFEINE")));
    cells.add(best == null ? "-" : Rates.ratio(mine.getScore() / best.getScore()));
    cells.add(
        "±%.0f%%".formatted(JmhReport.spread(mine))
            + (best == null ? "" : ", ±%.0f%%".formatted(JmhReport.spread(best))));
    double target = measured.row().target(measured.threads());
    cells.add(target == 0 ? "-" : Rates.ratio(target));
    return cells;
  }

  private static Result<?> result(Measured measured, Contender who, boolean misses) {
    RunResult result = measured.results().get(who);
    if (result == null) {
      return null;
    }
    return misses ? result.getSecondaryResults().get("misses") : result.getPrimaryResult();
  }

  private static String rate(Result<?> measured) {
    return measured == null ? "-" : Rates.millions(measured.getScore());
  }
}
