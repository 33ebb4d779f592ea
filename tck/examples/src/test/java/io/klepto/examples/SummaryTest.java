package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.examples.bytecode.ClassName;
import io.klepto.examples.bytecode.ClassReport;
import io.klepto.examples.bytecode.MethodReport;
import io.klepto.examples.bytecode.TimedReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final int CLASSES = 40;

  @Test
  void results_doNotDependOnTheOrderOfTheReports() {
    Summary forwards = new Summary(CLASSES);
    Summary backwards = new Summary(CLASSES);
    for (int i = 0; i < CLASSES; i++) {
      forwards.add(i, report(i), true);
      backwards.add(CLASSES - 1 - i, report(CLASSES - 1 - i), true);
    }
    assertEquals(printed(forwards::printResults), printed(backwards::printResults));
    assertEquals(costs(forwards), costs(backwards));
  }

  @Test
  void results_nameTheFifteenMostComplexMethods() {
    Summary summary = new Summary(CLASSES);
    IntStream.range(0, CLASSES).forEach(i -> summary.add(i, report(i), true));
    List<String> methods =
        printed(summary::printResults).stream().filter(line -> line.contains(".f(")).toList();
    assertEquals(15, methods.size());
    assertTrue(methods.get(0).endsWith("m19/p.C39.f(int, String)"), methods.get(0));
    assertTrue(methods.get(14).endsWith("m5/p.C25.f(int, String)"), methods.get(14));
  }

  @Test
  void results_haveFifteenModulesTheRestAndAll() {
    Summary summary = new Summary(CLASSES);
    IntStream.range(0, CLASSES).forEach(i -> summary.add(i, report(i), true));
    List<String> lines = printed(summary::printResults);
    assertEquals(
        List.of("m19", "2", "2", "2,058", "60", "4", "0"), List.of(lines.get(1).split(" +")));
    assertEquals("5 smaller ones", lines.get(16).substring(0, 14));
    assertEquals(
        List.of("all", "40", "40", "40,780", "820", "80", "0"), List.of(lines.get(17).split(" +")));
  }

  @Test
  void costs_tellRememberedFromComputed() {
    Summary summary = new Summary(3);
    summary.add(0, report(0), true);
    summary.add(1, report(1), false);
    summary.add(2, report(2), false);
    assertEquals(
        List.of(
            "remembered  2 classes, which saved 5.0 s of computing",
            "computed    1 classes, which took 1.0 s of computing",
            "elapsed     1.5 s"),
        costs(summary).subList(0, 3));
  }

  @Test
  void digest_ignoresTimesAndNothingElse() {
    String digest = digest(report(1));
    assertEquals(digest, digest(new TimedReport(report(1).report(), 77)));
    assertNotEquals(digest, digest(report(2)));
  }

  private static String digest(TimedReport report) {
    Summary summary = new Summary(1);
    summary.add(0, report, true);
    return costs(summary).get(3);
  }

  /** Class i is in one of 20 modules, and its one method has complexity i + 1. */
  private static TimedReport report(int i) {
    MethodReport method =
        new MethodReport("f", "(ILjava/lang/String;)V", 1_000 + i, i + 1, 2, 1, 5, 0, 3);
    ClassName name = new ClassName("m" + i % 20, "p.C" + i);
    return new TimedReport(new ClassReport(name, List.of(method)), (i + 1) * 1_000_000_000L);
  }

  private static List<String> costs(Summary summary) {
    return printed(out -> summary.printCosts(out, 1_500_000_000L));
  }

  private static List<String> printed(Consumer<PrintStream> printer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    printer.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
