package io.klepto.bench.archive;

import io.klepto.bench.Machine;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * How the engines behave as they fill: containers of 1,000 to 1,000,000 entries, and at each size
 * the rate of new puts, of random gets, the time of opening, and the bytes on disk for an entry.
 *
 * <p>One pass in one JVM, warmed by a small container: good for growth, which shows as factors, not
 * for comparing engines to a few percent; {@link ArchiveReport} does that. An engine that would
 * need more than the time limit for the next size stops there, unless all sizes are asked for.
 */
public final class GrowthReport {
  private static final int[] SIZES = {1_000, 10_000, 100_000, 1_000_000};
  private static final int BATCH = 1_000;
  private static final int PROBES = 2_000;
  private static final double LIMIT_SECONDS = 180;

  private GrowthReport() {}

  /**
   * Prints the table.
   *
   * @param quick up to 100,000 entries
   * @param allSizes whatever time they take
   * @param engines names of {@link EngineKind}, none for all
   */
  public static void print(PrintStream out, boolean quick, boolean allSizes, List<String> engines) {
    List<EngineKind> kinds =
        engines.isEmpty()
            ? Arrays.asList(EngineKind.values())
            : engines.stream().map(EngineKind::valueOf).toList();
    TextTable table =
        new TextTable(
            "engine", "entries", "put/s", "putAll/s", "get/s", "open ms", "bytes/entry beyond 200");
    for (EngineKind kind : kinds) {
      measure(kind, 1_000, new ArrayList<>());
      double seconds = 0;
      int previous = 0;
      for (int size : SIZES) {
        boolean tooSlow = !allSizes && previous > 0 && seconds * size / previous > LIMIT_SECONDS;
        if (tooSlow || (quick && size > 100_000)) {
          table.add(List.of(kind.title(), number(size), "-", "-", "-", "-", "-"));
          continue;
        }
        List<String> row = new ArrayList<>(List.of(kind.title(), number(size)));
        seconds = measure(kind, size, row);
        previous = size;
        table.add(row);
      }
    }
    out.print(table);
    out.println();
    out.println(Machine.line());
  }

  /** Fills a container to a size, adds the cells of its row, and returns the seconds of filling. */
  private static double measure(EngineKind kind, int size, List<String> row) {
    Path folder = Folders.make();
    long start = System.nanoTime();
    double batchRate;
    double putRate;
    double getRate;
    double fillSeconds;
    try (Engine engine = kind.open(folder)) {
      for (int from = 0; from < size; from += BATCH) {
        engine.putAll(Samples.range(from, from + BATCH));
      }
      fillSeconds = seconds(start);
      batchRate = size / fillSeconds;
      start = System.nanoTime();
      for (int i = size; i < size + PROBES; i++) {
        engine.put(Samples.key(i), Samples.value(i));
      }
      putRate = PROBES / seconds(start);
      SplittableRandom random = new SplittableRandom(size);
      start = System.nanoTime();
      for (int i = 0; i < PROBES; i++) {
        int number = random.nextInt(size);
        if (engine.get(Samples.key(number)).length != Samples.VALUE_BYTES) {
          throw new IllegalStateException(kind + ": entry " + number + " has another length");
        }
      }
      getRate = PROBES / seconds(start);
    }
    double perEntry = (double) Folders.bytesIn(folder) / (size + PROBES) - Samples.VALUE_BYTES;
    start = System.nanoTime();
    try (Engine engine = kind.open(folder)) {
      engine.get(Samples.key(0));
    }
    double openMillis = seconds(start) * TimeUnit.SECONDS.toMillis(1);
    Folders.remove(folder);
    row.add(Rates.perSecond(putRate));
    row.add(Rates.perSecond(batchRate));
    row.add(Rates.perSecond(getRate));
    row.add(String.format(Locale.ROOT, "%.1f", openMillis));
    row.add(String.format(Locale.ROOT, "%.0f", perEntry));
    return fillSeconds;
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
