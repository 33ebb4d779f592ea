package io.klepto.bench.jcache;

import io.klepto.bench.Forks;
import io.klepto.bench.Machine;
import io.klepto.bench.TextTable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time of a whole process that makes one cache, puts an entry and gets it. All take turns, so
 * that a slow moment of the machine hits all alike; the median counts.
 */
public final class ColdReport {
  private static final int ROUNDS = 21;
  private static final int QUICK_ROUNDS = 5;

  private ColdReport() {}

  /**
   * Prints the table.
   *
   * @param quick fewer rounds
   */
  public static void print(PrintStream out, boolean quick)
      throws IOException, InterruptedException {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
      for (String name : names()) {
        long start = System.nanoTime();
        Forks.run(List.of("-Xmx256m"), ColdWorker.class, classOf(name));
        times
            .computeIfAbsent(name, each -> new ArrayList<>())
            .add((System.nanoTime() - start) / 1e6);
      }
    }
    TextTable table = new TextTable("ms, whole process", "median", "least");
    times.forEach(
        (name, measured) -> {
          List<Double> sorted = measured.stream().sorted().toList();
          table.add(
              List.of(
                  name.toLowerCase(Locale.ROOT),
                  millis(sorted.get(sorted.size() / 2)),
                  millis(sorted.get(0))));
        });
    out.print(table);
    out.println();
    out.println(Machine.line());
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of(ColdWorker.NOTHING));
    Arrays.stream(Contender.values())
        .filter(who -> !who.isOurs() || who == Contender.KLEPTO)
        .forEach(who -> names.add(who.name()));
    return names;
  }

  private static String classOf(String name) {
    return name.equals(ColdWorker.NOTHING) ? name : Contender.valueOf(name).className();
  }

  private static String millis(double time) {
    return String.format(Locale.ROOT, "%.0f", time);
  }
}
