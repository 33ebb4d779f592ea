package io.klepto.examples;

import io.klepto.examples.bytecode.ClassReport;
import io.klepto.examples.bytecode.MethodReport;
import io.klepto.examples.bytecode.Sha256;
import io.klepto.examples.bytecode.TimedReport;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/**
 * What a run found, and what it did not have to compute.
 *
 * <p>Keeps totals and the most complex methods, not the reports. The order in which reports come
 * does not matter. Thread-safe: all state is guarded by this object's monitor.
 */
final class Summary {
  private static final int METHODS_SHOWN = 15;
  private static final int MODULES_SHOWN = 15;

  private static final Comparator<RankedMethod> MOST_COMPLEX_FIRST =
      Comparator.comparingInt((RankedMethod ranked) -> -ranked.method().complexity())
          .thenComparing(ranked -> ranked.report().className())
          .thenComparing(ranked -> ranked.method().name())
          .thenComparing(ranked -> ranked.method().descriptor());

  /** The digest of each report, in the order of the classes; null until it is there. */
  private final byte[][] digests;

  private final TreeSet<RankedMethod> mostComplex = new TreeSet<>(MOST_COMPLEX_FIRST);
  private final Map<String, Totals> modules = new TreeMap<>();
  private int remembered;
  private long rememberedNanos;
  private int computed;
  private long computedNanos;

  private record RankedMethod(ClassReport report, MethodReport method) {}

  /** Creates the summary of so many classes. */
  Summary(int classes) {
    this.digests = new byte[classes][];
  }

  /**
   * Takes a report in.
   *
   * @param index which class it is of, from 0
   * @param timed the report
   * @param wasComputed whether it had to be computed
   */
  void add(int index, TimedReport timed, boolean wasComputed) {
    ClassReport report = timed.report();
    byte[] digest = report.digest();
    synchronized (this) {
      digests[index] = digest;
      modules.computeIfAbsent(report.className().module(), name -> new Totals()).add(report);
      for (MethodReport method : report.methods()) {
        mostComplex.add(new RankedMethod(report, method));
        if (mostComplex.size() > METHODS_SHOWN) {
          mostComplex.pollLast();
        }
      }
      if (wasComputed) {
        computed++;
        computedNanos += timed.nanos();
      } else {
        remembered++;
        rememberedNanos += timed.nanos();
      }
    }
  }

  /** Prints the tables of results. */
  synchronized void printResults(PrintStream out) {
    byModule().print(out);
    out.println();
    byMethod().print(out);
  }

  private Table byModule() {
    Table table = Totals.table("module");
    Totals all = new Totals();
    Totals rest = new Totals();
    List<String> largestFirst =
        modules.keySet().stream()
            .sorted(Comparator.comparingLong((String name) -> -modules.get(name).instructions()))
            .toList();
    for (int i = 0; i < largestFirst.size(); i++) {
      Totals totals = modules.get(largestFirst.get(i));
      all.add(totals);
      if (i < MODULES_SHOWN) {
        totals.addTo(table, largestFirst.get(i));
      } else {
        rest.add(totals);
      }
    }
    if (largestFirst.size() > MODULES_SHOWN) {
      rest.addTo(table, (largestFirst.size() - MODULES_SHOWN) + " smaller ones");
    }
    all.addTo(table, "all");
    return table;
  }

  private Table byMethod() {
    Table table =
        new Table(
            "complexity", "instructions", "loops", "nested", "live locals", "most complex methods");
    for (RankedMethod ranked : mostComplex) {
      MethodReport method = ranked.method();
      table.row(
          method.complexity(),
          method.instructions(),
          method.loops(),
          method.loopDepth(),
          method.maxLiveLocals(),
          ranked.report().className() + "." + signature(method));
    }
    return table;
  }

  /** Prints what was remembered, what was computed, and the digest of all results. */
  synchronized void printCosts(PrintStream out, long elapsedNanos) {
    line(
        out,
        "remembered",
        "%,d classes, which saved %s of computing",
        remembered,
        seconds(rememberedNanos));
    line(
        out,
        "computed",
        "%,d classes, which took %s of computing",
        computed,
        seconds(computedNanos));
    line(out, "elapsed", "%s", seconds(elapsedNanos));
    line(out, "digest", "%s", digest());
  }

  private static void line(PrintStream out, String name, String format, Object... arguments) {
    out.println(
        String.format(Locale.ROOT, "%-10s  ", name)
            + String.format(Locale.ROOT, format, arguments));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%,.1f s", nanos / 1e9);
  }

  /** Returns the SHA-256 of all results: equal in two runs exactly if they found the same. */
  private String digest() {
    MessageDigest digest = Sha256.start();
    Arrays.stream(digests).forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String signature(MethodReport method) {
    return method.name()
        + Arrays.stream(Type.getArgumentTypes(method.descriptor()))
            .map(type -> type.getClassName().replaceFirst(".*\\.", ""))
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
