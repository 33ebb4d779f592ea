package io.klepto.bench.scale;

import io.klepto.bench.Forks;
import io.klepto.bench.Machine;
import io.klepto.bench.jcache.Contender;
import io.klepto.bench.jcache.MemoryReport;
import io.klepto.bench.scale.Results.Key;
import io.klepto.bench.scale.Results.Measure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The main rows of the comparison from 1,000 to 10,000,000 entries and with 1 to 16 threads, each
 * point in JVMs of its own: rates, the longest call, memory. Numbers go into {@code scale.txt} of a
 * folder, in place of older ones of the same points, and plots of all that is there beside them.
 */
public final class ScaleReport {
  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000);
  private static final List<Integer> THREADS = List.of(1, 2, 4, 8, 16);
  private static final int SIZE_OF_THREADS = 100_000;
  private static final int LEAST_SIZE = 1_000;
  private static final String FILLING = "FILL";
  private static final String MEMORY = "memory";
  private static final List<String> RATE_OPTIONS =
      List.of("-Xms5g", "-Xmx5g", "-Xmn2g", "-XX:+UseParallelGC");
  private static final List<String> PAUSE_OPTIONS =
      List.of(
          "-Xms9g",
          "-Xmx9g",
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+UseEpsilonGC",
          "-Xlog:disable");
  private static final List<String> MEMORY_OPTIONS = List.of("-Xmx4g", "-XX:+UseSerialGC");

  private final PrintStream out;
  private final Results results;
  private final Path folder;

  private ScaleReport(PrintStream out, Path folder) throws IOException {
    this.out = out;
    this.folder = Files.createDirectories(folder);
    this.results = Results.read(folder.resolve("scale.txt"));
  }

  /**
   * Measures, and writes text and plots.
   *
   * @param quick all sizes with one thread, all numbers of threads with 100,000 entries
   * @param words names of {@link ScaleRow} and {@code memory}, numbers of entries (from 1,000) and
   *     of threads, {@code KLEPTO}, {@code CAFFEINE}, {@code --out=FOLDER}, {@code --plots} to
   *     measure nothing; all rows, all sizes, ours if nothing is said
   */
  public static void print(PrintStream out, boolean quick, List<String> words)
      throws IOException, InterruptedException {
    Path folder =
        words.stream()
            .filter(word -> word.startsWith("--out="))
            .map(word -> Path.of(word.substring("--out=".length())))
            .findFirst()
            .orElse(Path.of("plots"));
    ScaleReport report = new ScaleReport(out, folder);
    if (!words.contains("--plots")) {
      report.measure(quick, words.stream().filter(word -> !word.startsWith("--")).toList());
    }
    report.draw();
  }

  private void measure(boolean quick, List<String> words) throws IOException, InterruptedException {
    List<Integer> numbers =
        words.stream().filter(word -> word.matches("\\d+")).map(Integer::valueOf).toList();
    List<Integer> sizes = numbers.stream().filter(number -> number >= LEAST_SIZE).toList();
    List<Integer> threads = numbers.stream().filter(number -> number < LEAST_SIZE).toList();
    List<Contender> contenders =
        Stream.of(Contender.KLEPTO, Contender.CAFFEINE)
            .filter(each -> words.contains(each.name()))
            .toList();
    List<ScaleRow> rows = words.stream().flatMap(word -> ScaleRow.of(word).stream()).toList();
    boolean isMemoryAsked = words.contains(MEMORY);
    for (Contender who : contenders.isEmpty() ? List.of(Contender.KLEPTO) : contenders) {
      for (ScaleRow row : rows.isEmpty() && !isMemoryAsked ? List.of(ScaleRow.values()) : rows) {
        for (int size : sizes.isEmpty() ? SIZES : sizes) {
          for (int count : threads.isEmpty() ? THREADS : threads) {
            if (!quick || count == 1 || size == SIZE_OF_THREADS) {
              point(row, size, count, who);
            }
          }
        }
      }
      if (rows.isEmpty()) {
        for (int size : sizes.isEmpty() ? SIZES : sizes) {
          memory(who, size);
        }
      }
    }
  }

  private void point(ScaleRow row, int size, int threads, Contender who)
      throws IOException, InterruptedException {
    String rate = run(RATE_OPTIONS, row, size, threads, who, false);
    put(Measure.RATE, who, row.name(), size, threads, Double.parseDouble(rate));
    if (who.isOurs()) {
      double[] pauses =
          Arrays.stream(run(PAUSE_OPTIONS, row, size, threads, who, true).split(" "))
              .mapToDouble(Double::parseDouble)
              .toArray();
      if (threads == 1) {
        String filling = FILLING + "_" + row.name();
        put(Measure.LONGEST, who, filling, size, 1, pauses[0]);
        put(Measure.LONGEST_RAN, who, filling, size, 1, pauses[1]);
      }
      put(Measure.LONGEST, who, row.name(), size, threads, pauses[2]);
      put(Measure.LONGEST_RAN, who, row.name(), size, threads, pauses[3]);
    }
    save();
  }

  private static String run(
      List<String> options, ScaleRow row, int size, int threads, Contender who, boolean timed)
      throws IOException, InterruptedException {
    return Forks.run(
        options,
        ScaleWorker.class,
        row.name(),
        Integer.toString(size),
        Integer.toString(threads),
        who.name(),
        Boolean.toString(timed));
  }

  private void memory(Contender who, int size) throws IOException, InterruptedException {
    for (String kind : List.of("UNBOUNDED", "BOUNDED", "CREATED")) {
      double bytes = MemoryReport.bytesAnEntry(MEMORY_OPTIONS, who, kind, size);
      put(Measure.BYTES, who, kind, size, 1, bytes);
    }
    save();
  }

  private void put(
      Measure measure, Contender who, String row, int size, int threads, double number) {
    results.put(new Key(measure, who.name(), row, size, threads), number);
    out.printf(Locale.ROOT, "%s %s %s %,d %d: %.3f%n", measure, who, row, size, threads, number);
  }

  private void save() throws IOException {
    results.write(folder.resolve("scale.txt"), Machine.line());
  }

  private void draw() throws IOException {
    Plot rates =
        new Plot("Rates against size, one thread", "entries", "million calls a second", 10);
    Plot threads =
        new Plot("Rates against threads, 100,000 entries", "threads", "million calls a second", 2);
    Plot longest =
        new Plot("Longest call, one thread, no collector", "entries", "ms that the thread ran", 10);
    List<String> drawn = new ArrayList<>();
    for (ScaleRow row : ScaleRow.values()) {
      String name = row.name();
      rates.line(row.title(), results.byEntries(Measure.RATE, "KLEPTO", name, 1));
      threads.line(row.title(), results.byThreads(Measure.RATE, "KLEPTO", name, SIZE_OF_THREADS));
      longest.line(row.title(), results.byEntries(Measure.LONGEST_RAN, "KLEPTO", name, 1));
    }
    longest.line(
        "filling, unbounded",
        results.byEntries(Measure.LONGEST_RAN, "KLEPTO", FILLING + "_PUT", 1));
    longest.line(
        "filling, bounded",
        results.byEntries(Measure.LONGEST_RAN, "KLEPTO", FILLING + "_CHURN", 1));
    Plot memory =
        new Plot("Memory against size", "entries", "bytes an entry beyond key and value", 10);
    for (String kind : List.of("UNBOUNDED", "BOUNDED", "CREATED")) {
      memory.line(
          kind.toLowerCase(Locale.ROOT), results.byEntries(Measure.BYTES, "KLEPTO", kind, 1));
    }
    write(drawn, "rates.svg", rates);
    write(drawn, "threads.svg", threads);
    write(drawn, "longest.svg", longest);
    write(drawn, "memory.svg", memory);
    out.println(folder + ": scale.txt " + String.join(" ", drawn));
  }

  private void write(List<String> drawn, String name, Plot plot) throws IOException {
    if (!plot.isEmpty()) {
      Files.writeString(folder.resolve(name), plot.svg());
      drawn.add(name);
    }
  }
}
