package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void lines_comeEveryFivePercent() {
    Progress progress = Progress.lines(out, nanos::get, 2_000);
    nanos.addAndGet(75 * SECOND);
    advance(progress, 2_000, 150);
    List<String> lines = text().lines().toList();
    assertEquals(20, lines.size());
    assertEquals("  5 % 100 of 2,000, 100 computed, 1:15", lines.get(0));
    assertEquals(" 10 % 200 of 2,000, 150 computed, 1:15", lines.get(1));
    assertEquals("100 % 2,000 of 2,000, 150 computed, 1:15", lines.get(19));
  }

  @Test
  void lines_ofASmallJob_comeOncePerStep() {
    advance(Progress.lines(out, nanos::get, 3), 3, 0);
    assertEquals(
        List.of(" 33 %", " 66 %", "100 %"), text().lines().map(l -> l.substring(0, 5)).toList());
  }

  @Test
  void bar_isDrawnOverInOneWidth() {
    Progress progress = Progress.bar(out, nanos::get, 4, 60);
    for (int i = 0; i < 4; i++) {
      nanos.addAndGet(SECOND);
      progress.advance(i == 0);
    }
    progress.end();
    assertEquals(
        List.of(
            "",
            " 25 % [######--------------------] 1 of 4, 1 computed, 0:01",
            " 50 % [#############-------------] 2 of 4, 1 computed, 0:02",
            " 75 % [###################-------] 3 of 4, 1 computed, 0:03",
            "100 % [##########################] 4 of 4, 1 computed, 0:04",
            "100 % [##########################] 4 of 4, 1 computed, 0:04\n"),
        List.of(text().split("\r")));
  }

  @Test
  void bar_isDrawnAtMostTenTimesASecond() {
    Progress progress = Progress.bar(out, nanos::get, 1_000, 80);
    for (int i = 0; i < 500; i++) {
      nanos.addAndGet(SECOND / 1_000);
      progress.advance(true);
    }
    assertEquals(5, text().chars().filter(c -> c == '\r').count());
  }

  @Test
  void bar_ofANarrowTerminal_givesWayToTheNumbers() {
    Progress progress = Progress.bar(out, nanos::get, 1, 30);
    progress.advance(false);
    assertEquals("\r100 % 1 of 1, 0 computed, 0:0", text());
  }

  @Test
  void interrupted_saysHowFarItWasAndThatItGoesOn() {
    Progress progress = Progress.lines(out, nanos::get, 100);
    advance(progress, 42, 0);
    bytes.reset();
    progress.interrupted();
    progress.advance(true);
    progress.interrupted();
    assertEquals("stopped at 42 %; the next run goes on from there\n", text());
  }

  @Test
  void interrupted_afterTheEnd_saysNothing() {
    Progress progress = Progress.lines(out, nanos::get, 1);
    advance(progress, 1, 0);
    progress.end();
    bytes.reset();
    progress.interrupted();
    assertTrue(text().isEmpty());
  }

  private static void advance(Progress progress, int steps, int computed) {
    for (int i = 0; i < steps; i++) {
      progress.advance(i < computed);
    }
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
