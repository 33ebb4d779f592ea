package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkMetricsTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void secondRun_computesNothingAndFindsTheSame() {
    assertEquals(0, run("--module", "java.logging", "--limit", "30"));
    List<String> first = lines();
    assertEquals(0, run("--module", "java.logging", "--limit", "30"));
    List<String> second = lines();
    assertTrue(valueOf("computed", first).startsWith("30 classes"), first.toString());
    assertTrue(valueOf("computed", second).startsWith("0 classes"), second.toString());
    assertTrue(valueOf("remembered", second).startsWith("30 classes"), second.toString());
    assertEquals(valueOf("digest", first), valueOf("digest", second));
    assertEquals(first.subList(0, 15), second.subList(0, 15));
  }

  @Test
  void largerRun_computesOnlyWhatIsNew() {
    run("--module", "java.logging", "--limit", "20");
    run("--module", "java.logging", "--limit", "30", "--threads", "1");
    assertTrue(valueOf("computed", lines()).startsWith("10 classes"), text(out));
  }

  @Test
  void threads_doNotChangeTheResult() {
    run("--limit", "50", "--threads", "1");
    String digest = valueOf("digest", lines());
    run("--limit", "50", "--threads", "8", "--fresh");
    assertEquals(digest, valueOf("digest", lines()));
  }

  @Test
  void fresh_forgetsWhatWasRemembered() {
    run("--module", "java.logging", "--limit", "10");
    run("--module", "java.logging", "--limit", "10", "--fresh");
    assertTrue(valueOf("computed", lines()).startsWith("10 classes"), text(out));
    run("--module", "java.logging", "--limit", "10");
    assertTrue(valueOf("computed", lines()).startsWith("0 classes"), text(out));
  }

  @Test
  void module_restrictsTheClasses() {
    assertEquals(0, run("--module", "java.sql", "--limit", "5"));
    assertTrue(lines().get(1).startsWith("java.sql "), text(out));
    assertTrue(lines().get(2).startsWith("all "), text(out));
  }

  @Test
  void log_namesWhatWasComputed() throws Exception {
    Path log = folder.resolve("log");
    run("--module", "java.logging", "--limit", "3", "--log", log.toString());
    run("--module", "java.logging", "--limit", "4", "--log", log.toString());
    List<String> computed = Files.readAllLines(log);
    assertEquals(4, computed.size());
    assertTrue(
        computed.stream().allMatch(line -> line.matches("computed java.logging/\\S+ [0-9a-f]{64}")),
        computed.toString());
  }

  @Test
  void archivePathWithSpaces_works() {
    assertEquals(0, run("--limit", "1", "--archive", folder.resolve("a b#c%20").toString()));
    assertTrue(Files.isDirectory(folder.resolve("a b#c%20")));
  }

  @Test
  void help_printsTheUsage() {
    assertEquals(0, run("--help"));
    assertEquals(Options.USAGE, text(out));
  }

  @Test
  void wrongArgument_isExitCode2() {
    assertEquals(2, run("--limit", "none"));
    assertEquals("", text(out));
    assertTrue(text(err).startsWith("jdk-metrics: --limit: expected a whole number"), text(err));
  }

  @Test
  void unknownModule_isExitCode2() {
    assertEquals(2, run("--module", "java.bse"));
    assertTrue(text(err).contains("found \"java.bse\""), text(err));
  }

  @Test
  void archiveThatCannotBe_isExitCode1() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertEquals(1, run("--limit", "1", "--archive", file.toString()));
    assertEquals("", text(out));
    assertTrue(text(err).contains("file"), text(err));
  }

  @Test
  void logThatCannotBe_isExitCode1() {
    assertEquals(1, run("--limit", "1", "--log", folder.resolve("no").resolve("log").toString()));
    assertTrue(text(err).contains("FileNotFoundException"), text(err));
  }

  /** Runs with an archive in the test's folder, unless the arguments name another. */
  private int run(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("--archive", folder.resolve("archive").toString()));
    all.addAll(List.of(arguments));
    return new JdkMetrics(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(all);
  }

  private List<String> lines() {
    return text(out).lines().toList();
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String valueOf(String name, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).strip())
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
