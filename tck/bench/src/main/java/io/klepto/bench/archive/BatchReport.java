package io.klepto.bench.archive;

import io.klepto.bench.Machine;
import io.klepto.bench.Rates;
import io.klepto.bench.TextTable;
import io.klepto.bench.archive.JdbcEngine.Dialect;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Batches of {@code jdbc:} beside JDBC written by hand over the same engine at the same durability,
 * once for key and value alone, once with what our rows promise beside them ({@link JdbcEngine}):
 * 100,000 new entries, the same keys with other values, and random reads, 1,000 to a call.
 *
 * <p>All in one JVM, turn by turn and each round in another order, so that what slows the machine,
 * or what one leaves for a server to clear up, slows all; the medians of the rounds are compared.
 */
public final class BatchReport {
  private static final int BATCH = 1_000;
  private static final int ENTRIES = 100_000;
  private static final int ROUNDS = 7;
  private static final int QUICK_ROUNDS = 3;
  private static final List<String> FILES = List.of("h2", "sqlite");

  /** Whose rates the ratios are to: JDBC by hand with what our rows have. */
  private static final int STAMPED = 1;

  private BatchReport() {}

  private enum Workload {
    NEW,
    OVERWRITE,
    READ
  }

  /** An engine of the comparison; it may keep its files in the folder that it is opened in. */
  private record Rival(String title, Function<Path, Engine> opening) {
    static Rival of(EngineKind kind) {
      return new Rival(kind.title(), kind::open);
    }
  }

  /**
   * Prints the table.
   *
   * @param quick fewer rounds
   * @param engines {@code h2}, {@code sqlite}, or JDBC URLs of PostgreSQL or MariaDB, whose drivers
   *     are on the class path; none for H2 and SQLite
   */
  public static void print(PrintStream out, boolean quick, List<String> engines) {
    TextTable table =
        new TextTable("entries/s, ratio", "putAll, new keys", "putAll, overwriting", "getAll");
    List<List<Rival>> groups =
        (engines.isEmpty() ? FILES : engines).stream().map(BatchReport::group).toList();
    for (List<Rival> group : groups) {
      compare(group, quick ? QUICK_ROUNDS : ROUNDS, table);
    }
    out.print(table);
    out.println();
    out.println(Machine.line());
  }

  private static List<Rival> group(String engine) {
    return switch (engine) {
      case "h2" -> rivals(EngineKind.H2, EngineKind.H2_STAMPED, EngineKind.JDBC_H2);
      case "sqlite" -> rivals(EngineKind.SQLITE, EngineKind.SQLITE_STAMPED, EngineKind.JDBC_SQLITE);
      default -> rivalsAt(engine);
    };
  }

  private static List<Rival> rivals(EngineKind... kinds) {
    return Arrays.stream(kinds).map(Rival::of).toList();
  }

  private static List<Rival> rivalsAt(String url) {
    Dialect dialect = Dialect.of(url);
    String hand = dialect.urlByHand(url);
    return List.of(
        new Rival(dialect + ", by hand", folder -> new JdbcEngine(hand, dialect, false)),
        new Rival(
            dialect + ", by hand, with version, times and checksum",
            folder -> new JdbcEngine(hand, dialect, true)),
        new Rival("jdbc: over " + dialect, folder -> new KleptoEngine(UriOf.text(url), Map.of())));
  }

  /** Runs some in turn; the second is what all are compared with. */
  private static void compare(List<Rival> group, int rounds, TextTable table) {
    Map<Rival, Map<Workload, double[]>> rates = new LinkedHashMap<>();
    for (Rival rival : group) {
      Map<Workload, double[]> byWorkload = new EnumMap<>(Workload.class);
      for (Workload workload : Workload.values()) {
        byWorkload.put(workload, new double[rounds]);
      }
      rates.put(rival, byWorkload);
      run(rival); // warms up, and is not counted
    }
    List<Rival> order = new ArrayList<>(group);
    for (int round = 0; round < rounds; round++) {
      Collections.rotate(order, 1); // servers clear up behind one while the next is at work
      for (Rival rival : order) {
        Map<Workload, Double> measured = run(rival);
        for (Workload workload : Workload.values()) {
          rates.get(rival).get(workload)[round] = measured.get(workload);
        }
      }
    }
    for (Rival rival : group) {
      List<String> row = new ArrayList<>(List.of(rival.title()));
      for (Workload workload : Workload.values()) {
        double rate = median(rates.get(rival).get(workload));
        double first = median(rates.get(group.get(STAMPED)).get(workload));
        row.add(Rates.perSecond(rate) + ", " + Rates.ratio(rate / first));
      }
      table.add(row);
    }
  }

  private static double median(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Map<Workload, Double> run(Rival rival) {
    Map<Workload, Double> rates = new EnumMap<>(Workload.class);
    Path folder = Folders.make();
    try (Engine engine = rival.opening().apply(folder)) {
      engine.clear();
      rates.put(Workload.NEW, rateOfPuts(engine, 0));
      rates.put(Workload.OVERWRITE, rateOfPuts(engine, ENTRIES));
      rates.put(Workload.READ, rateOfGets(engine));
      engine.clear();
    }
    Folders.remove(folder);
    return rates;
  }

  private static double rateOfPuts(Engine engine, int firstValue) {
    List<Map<String, byte[]>> batches = new ArrayList<>();
    for (int from = 0; from < ENTRIES; from += BATCH) {
      Map<String, byte[]> batch = new LinkedHashMap<>();
      for (int i = from; i < from + BATCH; i++) {
        batch.put(Samples.key(i), Samples.value(firstValue + i));
      }
      batches.add(batch);
    }
    long start = System.nanoTime();
    batches.forEach(engine::putAll);
    return rateSince(start);
  }

  private static double rateOfGets(Engine engine) {
    SplittableRandom random = new SplittableRandom(1);
    List<List<String>> batches = new ArrayList<>();
    for (int from = 0; from < ENTRIES; from += BATCH) {
      batches.add(random.ints(BATCH, 0, ENTRIES).mapToObj(Samples::key).distinct().toList());
    }
    long start = System.nanoTime();
    for (List<String> keys : batches) {
      int found = engine.getAll(keys).size();
      if (found != keys.size()) {
        throw new IllegalStateException("expected " + keys.size() + " entries, found " + found);
      }
    }
    return rateSince(start);
  }

  private static double rateSince(long start) {
    return ENTRIES * 1e9 / (System.nanoTime() - start);
  }
}
