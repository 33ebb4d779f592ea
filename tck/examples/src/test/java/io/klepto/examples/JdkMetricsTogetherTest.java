package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program twice at once on one archive: together they do what one would, each once. */
@Timeout(300)
class JdkMetricsTogetherTest {
  private static final int CLASSES = 600;

  @TempDir private Path folder;

  private Process start(int number, String archive) throws IOException {
    return JdkMetricsProcess.start(
        folder.resolve(archive), folder.resolve("log" + number), output(number), CLASSES, 2);
  }

  private Path output(int number) {
    return folder.resolve("output" + number);
  }

  private void finish(Process process, int number) throws Exception {
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> "run " + number + " does not end");
    assertEquals(0, process.exitValue(), Files.readString(output(number)));
  }

  @Test
  void twoAtOnceOnOneArchive_analyseEachClassOnceInTotal() throws Exception {
    Process first = start(1, "shared");
    Process second = start(2, "shared");
    finish(first, 1);
    finish(second, 2);
    finish(start(3, "alone"), 3);
    List<String> ofFirst = Files.readAllLines(folder.resolve("log1"));
    List<String> ofSecond = Files.readAllLines(folder.resolve("log2"));
    System.out.printf(
        "%d classes, analysed by the first process: %d, by the second: %d%n",
        CLASSES, ofFirst.size(), ofSecond.size());
    List<String> computed = new ArrayList<>(ofFirst);
    computed.addAll(ofSecond);
    assertEquals(
        new HashSet<>(Files.readAllLines(folder.resolve("log3"))), new HashSet<>(computed));
    assertEquals(CLASSES, computed.size(), "each class once in total");
    assertTrue(!ofFirst.isEmpty() && !ofSecond.isEmpty(), "both had a share of the work");
    assertEquals(JdkMetricsProcess.digest(output(3)), JdkMetricsProcess.digest(output(1)));
    assertEquals(JdkMetricsProcess.digest(output(3)), JdkMetricsProcess.digest(output(2)));
  }
}
