package io.klepto.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the program at random moments and runs it again, until a run comes to its end. Nothing that
 * was acknowledged is ever computed again, and the result is that of a run left alone.
 *
 * <p>A result is acknowledged once the program has logged it, which it does when the cache has
 * returned it.
 */
class JdkMetricsKillTest {
  private static final int CLASSES = 400;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  @TempDir private Path folder;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private int runs;

  @Test
  void killedAtRandomMoments_losesNothingAcknowledged() throws Exception {
    killAndResume(4, 1);
  }

  @Test
  @Tag("soak")
  void killedForLong_losesNothingAcknowledged() throws Exception {
    killAndResume(50, 8);
  }

  private void killAndResume(int rounds, int kills) throws Exception {
    System.out.println("JdkMetricsKillTest seed " + seed);
    String undisturbed = JdkMetricsProcess.digest(finish(folder.resolve("undisturbed")));
    for (int round = 0; round < rounds; round++) {
      Path place = folder.resolve("round" + round);
      killWhenTheFirstFileIsThere(place);
      for (int kill = 0; kill < kills; kill++) {
        if (random.nextBoolean()) {
          killAfterSomeTime(place);
        } else {
          killAfterSomeResults(place);
        }
      }
      Path output = finish(place);
      String story = "round " + round + " of seed " + seed + ", see " + output;
      assertEquals(undisturbed, JdkMetricsProcess.digest(output), story);
      assertNoneTwice(acknowledged(place), story);
    }
    Path again = finish(folder.resolve("round0"));
    assertTrue(
        Files.readAllLines(again).contains("computed    0 classes, which took 0.0 s of computing"),
        () -> "expected that nothing is computed once all was: " + text(again));
  }

  private void killWhenTheFirstFileIsThere(Path place) throws IOException, InterruptedException {
    Process process = start(place);
    await(process, () -> hasFile(archive(place)));
    kill(process);
  }

  private void killAfterSomeTime(Path place) throws IOException, InterruptedException {
    Process process = start(place);
    process.waitFor(random.nextInt(1_000), TimeUnit.MILLISECONDS);
    kill(process);
  }

  private void killAfterSomeResults(Path place) throws IOException, InterruptedException {
    int before = acknowledged(place).size();
    int more = 1 + random.nextInt(CLASSES / 3);
    Process process = start(place);
    await(process, () -> acknowledged(place).size() >= before + more);
    kill(process);
  }

  /** Kills it so that it can do nothing about it: SIGKILL on Unix, TerminateProcess on Windows. */
  private void kill(Process process) throws InterruptedException {
    if (!process.isAlive()) {
      assertEquals(0, process.exitValue(), () -> "failed by itself: " + text(output(runs)));
    }
    process.destroyForcibly();
    assertTrue(process.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS), "does not die");
  }

  /** Runs the program to its end, and returns the file with its output. */
  private Path finish(Path place) throws IOException, InterruptedException {
    Process process = start(place);
    if (!process.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
      process.destroyForcibly();
      fail("run " + runs + " of seed " + seed + " does not end: " + text(output(runs)));
    }
    assertEquals(0, process.exitValue(), () -> text(output(runs)));
    return output(runs);
  }

  private Process start(Path place) throws IOException {
    Files.createDirectories(place);
    runs++;
    return JdkMetricsProcess.start(archive(place), log(place), output(runs), CLASSES, 3);
  }

  private static void await(Process process, BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean() && !process.waitFor(1, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        process.destroyForcibly();
        fail("waited in vain for the program to get somewhere");
      }
    }
  }

  private static void assertNoneTwice(List<String> acknowledged, String story) {
    Set<String> seen = new HashSet<>();
    List<String> twice = acknowledged.stream().filter(line -> !seen.add(line)).toList();
    assertEquals(List.of(), twice, () -> "acknowledged, and computed again later, in " + story);
  }

  private static Path archive(Path place) {
    return place.resolve("archive");
  }

  private static Path log(Path place) {
    return place.resolve("log");
  }

  private Path output(int run) {
    return folder.resolve("output" + run);
  }

  private static boolean hasFile(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(Files::isRegularFile);
    } catch (IOException | UncheckedIOException e) {
      return false; // not there yet, or renamed during the walk: looked at again soon
    }
  }

  private static List<String> acknowledged(Path place) {
    return Files.exists(log(place)) ? text(log(place)).lines().toList() : List.of();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
