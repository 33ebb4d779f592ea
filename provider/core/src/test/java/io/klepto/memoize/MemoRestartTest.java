package io.klepto.memoize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.ChildClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed and started again evaluates nothing twice that it had a result of. */
final class MemoRestartTest {
  private static final int CALLS = 400;
  private static final int KILLS = 3;
  private static final long PATIENCE_SECONDS = 60;

  @TempDir Path folder;

  @Test
  void killedAtRandomMoments_losesNoResult() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("MemoRestartTest seed " + seed);
    Random random = new Random(seed);
    Set<String> known = new HashSet<>();
    for (int run = 0; run < KILLS; run++) {
      List<String> lines = run(known.size() + 1 + random.nextInt(60));
      requireNoneAgain(known, lines, seed);
      lines.stream().filter(line -> line.startsWith("result ")).forEach(known::add);
    }
    assertTrue(known.size() >= KILLS, () -> "results before the last run: " + known.size());
    List<String> last = run(Integer.MAX_VALUE);
    requireNoneAgain(known, last, seed);
    assertEquals("end", last.get(last.size() - 1));
    assertEquals(CALLS, last.stream().filter(line -> line.startsWith("result ")).count());
    assertTrue(last.contains("result 399 squared is 159201"));
    assertEquals(CALLS + 1, run(Integer.MAX_VALUE).size(), "results, the end, and no evaluation");
  }

  /** Runs the program and kills it when it has printed that many lines, or lets it end. */
  private List<String> run(int lines) throws IOException, InterruptedException {
    Process process = start();
    List<String> printed = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new java.io.InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        printed.add(line);
        if (printed.size() == lines) {
          process.toHandle().destroyForcibly();
        }
        line = reader.readLine();
      }
    }
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "does not end");
    if (process.exitValue() != 0) {
      printed.remove(printed.size() - 1); // it may be half a line
    }
    return printed;
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            RememberedRun.class.getName(),
            folder.resolve("results").toString(),
            Integer.toString(CALLS));
    builder.environment().put("CLASSPATH", ChildClassPath.of(RememberedRun.class));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private static void requireNoneAgain(Set<String> known, List<String> lines, long seed) {
    for (String result : known) {
      String argument = result.substring("result ".length(), result.indexOf(" squared"));
      assertTrue(
          !lines.contains("evaluating " + argument),
          () -> "evaluated again: " + argument + ", seed " + seed);
    }
  }
}
