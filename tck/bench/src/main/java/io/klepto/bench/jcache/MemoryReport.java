package io.klepto.bench.jcache;

import io.klepto.bench.Forks;
import io.klepto.bench.Machine;
import io.klepto.bench.TextTable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bytes of heap for an entry beyond key and value, each measured in a JVM of its own: tables grow
 * by steps, so the mean over three sizes is given, and the largest.
 */
public final class MemoryReport {
  private static final List<Integer> SIZES = List.of(600_000, 800_000, 1_000_000);
  private static final List<String> OPTIONS = List.of("-Xmx1g", "-XX:+UseSerialGC");

  private MemoryReport() {}

  /** How a cache is configured for this. */
  enum Kind {
    UNBOUNDED(Row.GET),
    BOUNDED(Row.GET),
    CREATED(Row.CREATED);

    final Row row;

    Kind(Row row) {
      this.row = row;
    }
  }

  /**
   * Prints the table.
   *
   * @param quick one size alone
   */
  public static void print(PrintStream out, boolean quick)
      throws IOException, InterruptedException {
    List<String> titles = new ArrayList<>(List.of("bytes an entry, mean (largest)"));
    for (Kind kind : Kind.values()) {
      titles.add(kind.name().toLowerCase(Locale.ROOT));
    }
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (Contender who : Contender.values()) {
      table.add(line(who.name(), quick, who));
    }
    table.add(line(MemoryWorker.BARE_MAP, quick, null));
    out.print(table);
    out.println();
    out.println(Machine.line());
  }

  /**
   * Returns the bytes of heap for an entry beyond key and value in a cache of one size, measured in
   * a JVM of its own.
   *
   * @param options of that JVM
   * @param kind {@code UNBOUNDED}, {@code BOUNDED} or {@code CREATED}
   */
  public static double bytesAnEntry(List<String> options, Contender who, String kind, int size)
      throws IOException, InterruptedException {
    return Double.parseDouble(
        Forks.run(options, MemoryWorker.class, who.name(), kind, Integer.toString(size)));
  }

  private static List<String> line(String name, boolean quick, Contender who)
      throws IOException, InterruptedException {
    List<String> cells = new ArrayList<>(List.of(name.toLowerCase(Locale.ROOT)));
    for (Kind kind : Kind.values()) {
      boolean impossible =
          who == null
              ? kind != Kind.UNBOUNDED
              : kind == Kind.BOUNDED
                  ? who == Contender.RI
                  : who.isOurs() && who != Contender.KLEPTO;
      cells.add(impossible ? "-" : cell(name, kind, quick));
    }
    return cells;
  }

  private static String cell(String name, Kind kind, boolean quick)
      throws IOException, InterruptedException {
    double largest = 0;
    double sum = 0;
    List<Integer> measured = quick ? SIZES.subList(0, 1) : SIZES;
    for (int size : measured) {
      double bytes =
          Double.parseDouble(
              Forks.run(OPTIONS, MemoryWorker.class, name, kind.name(), Integer.toString(size)));
      largest = Math.max(largest, bytes);
      sum += bytes;
    }
    return String.format(Locale.ROOT, "%.0f (%.0f)", sum / measured.size(), largest);
  }
}
