package io.klepto.bench.through;

import io.klepto.bench.Machine;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import io.klepto.bench.archive.Folders;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Puts, and gets that miss memory, through a cache with an archive at {@code file:}, beside the
 * same on the archive and on the bare store; one thread, values of 200 bytes.
 *
 * <p>All run in one JVM, in turns, so that what the disk and other programs do falls on each of
 * them. A round puts all entries into a new container, opens it again, and reads each once. The
 * median of the rounds counts.
 */
public final class ThroughReport {
  private static final int ENTRIES = 100_000;
  private static final int WARMUPS = 3;
  private static final int ROUNDS = 15;
  private static final int QUICK_ROUNDS = 7;

  private ThroughReport() {}

  /** The seconds of each round, by way. */
  private record Times(double[] puts, double[] gets) {
    Times(int rounds) {
      this(new double[rounds], new double[rounds]);
    }
  }

  /**
   * Prints the table.
   *
   * @param quick fewer rounds
   * @param names names of {@link Way}, which are measured alone then; none for all
   */
  public static void print(PrintStream out, boolean quick, List<String> names) {
    List<Way> ways =
        names.isEmpty()
            ? Arrays.asList(Way.values())
            : names.stream().map(name -> Way.valueOf(name.toUpperCase(Locale.ROOT))).toList();
    out.print(table(measure(Entries.of(ENTRIES), ways, quick ? QUICK_ROUNDS : ROUNDS), ENTRIES));
    out.println();
    out.println("entries/s, ±half the range; ratios of medians: to the store, to the archive");
    out.println(Machine.line());
  }

  private static Map<Way, Times> measure(Entries entries, List<Way> ways, int rounds) {
    Map<Way, Times> all = new EnumMap<>(Way.class);
    ways.forEach(way -> all.put(way, new Times(rounds)));
    Times ignored = new Times(1);
    for (int i = -WARMUPS; i < rounds; i++) {
      for (Way way : ways) {
        round(way, entries, i < 0 ? ignored : all.get(way), Math.max(0, i));
      }
    }
    return all;
  }

  /** Puts and gets everything once. */
  private static void round(Way way, Entries entries, Times times, int round) {
    Path folder = Folders.make();
    try {
      try (Way.Opened opened = way.open(folder, entries)) {
        long start = System.nanoTime();
        for (int i = 0; i < entries.count(); i++) {
          opened.put(i);
        }
        times.puts()[round] = (System.nanoTime() - start) / 1e9;
      }
      try (Way.Opened opened = way.open(folder, entries)) {
        long start = System.nanoTime();
        for (int i : entries.readingOrder()) {
          if (opened.get(i) == null) {
            throw new IllegalStateException(way.title() + ": no entry of " + entries.keys()[i]);
          }
        }
        times.gets()[round] = (System.nanoTime() - start) / 1e9;
      }
    } finally {
      Folders.remove(folder);
    }
  }

  private static TextTable table(Map<Way, Times> all, int count) {
    TextTable table = new TextTable("", "put", "store", "archive", "get", "store", "archive");
    all.forEach(
        (way, times) ->
            table.add(
                List.of(
                    way.title(),
                    rate(times.puts(), count),
                    ratio(all.get(Way.STORE), way, times, false),
                    ratio(all.get(Way.ARCHIVE), way, times, false),
                    rate(times.gets(), count),
                    ratio(all.get(Way.STORE), way, times, true),
                    ratio(all.get(Way.ARCHIVE), way, times, true))));
    return table;
  }

  private static String rate(double[] seconds, int count) {
    double[] sorted = sorted(seconds);
    double spread = 50 * (sorted[sorted.length - 1] - sorted[0]) / median(seconds);
    return "%s ±%.0f%%".formatted(Rates.perSecond(count / median(seconds)), spread);
  }

  private static String ratio(Times bare, Way way, Times times, boolean gets) {
    boolean isCache = way == Way.CACHE || way == Way.BOUNDED;
    return bare == null || !isCache
        ? "-"
        : Rates.ratio(
            gets
                ? median(bare.gets()) / median(times.gets())
                : median(bare.puts()) / median(times.puts()));
  }

  private static double median(double[] seconds) {
    return sorted(seconds)[seconds.length / 2];
  }

  private static double[] sorted(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
