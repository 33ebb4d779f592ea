package io.klepto.golden.archives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.klepto.jcache.KleptoCachingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheManager;
import javax.cache.Caching;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What klepto's archives answered, operation by operation, and what ours do.
 *
 * <p>What is right differs from the recorded answer where {@code archive-defects.json} lists a
 * defect of klepto's, and nowhere else. Ours answer what is right, everywhere.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class ArchiveReplayTest {
  /** How many operations are done between closing and opening again. */
  private static final int OPERATIONS_OF_A_HANDLE = 10;

  @TempDir private Path folder;

  private List<Run> runs;
  private ArchiveDefects defects;
  private CacheManager manager;
  private int replays;
  private int operations;
  private int mismatches;

  @BeforeAll
  void open() throws IOException {
    runs = ArchiveVectors.runs();
    defects = new ArchiveDefects();
    manager = Caching.getCachingProvider(KleptoCachingProvider.class.getName()).getCacheManager();
  }

  @AfterAll
  void report() {
    manager.close();
    String byRule =
        defects.operationsByRule().entrySet().stream()
            .map(rule -> "rule " + rule.getKey() + ": " + rule.getValue())
            .collect(Collectors.joining(", "));
    System.out.printf(
        "archives.json: %d scripts in %d replays, %d operations compared, %d mismatches,"
            + " %d runs with a defect of klepto (operations by %s)%n",
        runs.stream().map(Run::script).distinct().count(),
        replays,
        operations,
        mismatches,
        defects.runs(),
        byRule);
  }

  @Test
  void vectors_areComplete() {
    assertEquals(156, runs.size());
    assertEquals(10_634, runs.stream().mapToInt(run -> run.steps().size()).sum());
    assertEquals(10_244, runs.stream().mapToInt(run -> run.comparableSteps().size()).sum());
  }

  @Test
  void counterparts_areOfEachArchive() {
    Set<String> archives = runs.stream().map(Run::archive).collect(Collectors.toSet());
    assertEquals(
        archives, Counterpart.ALL.stream().map(Counterpart::archive).collect(Collectors.toSet()));
  }

  /** Without it, the suite would be green where a back-end is missing. */
  @Test
  void backends_arePresent() {
    assertEquals(
        List.of(), Counterpart.ALL.stream().filter(archive -> !archive.isPresent()).toList());
  }

  @TestFactory
  Stream<DynamicTest> whatIsRight_isKleptoWithoutItsDefects() {
    return runs.stream()
        .map(run -> DynamicTest.dynamicTest(run.toString(), () -> compareRecorded(run)));
  }

  @TestFactory
  Stream<DynamicTest> archives_answerAsKlepto() {
    return replays(run -> !run.isCached(), run -> replay(run, false));
  }

  @TestFactory
  Stream<DynamicTest> archivesReopenedAgainAndAgain_answerAsKlepto() {
    return replays(run -> !run.isCached(), run -> replay(run, true));
  }

  @TestFactory
  Stream<DynamicTest> caches_answerAsKlepto() {
    return replays(Run::isCached, this::replayCached);
  }

  private interface Replay {
    void of(Run run) throws IOException;
  }

  private Stream<DynamicTest> replays(Predicate<Run> which, Replay replay) {
    return runs.stream()
        .filter(which)
        .filter(run -> Counterpart.of(run.archive()).isPresent())
        .map(run -> DynamicTest.dynamicTest(run.toString(), () -> counted(run, replay)));
  }

  private void counted(Run run, Replay replay) throws IOException {
    replays++;
    try {
      replay.of(run);
    } catch (Throwable e) {
      mismatches++;
      throw e;
    }
  }

  private void replay(Run run, boolean reopening) throws IOException {
    Container container = container(run);
    try (ReplayedArchive archive = new ReplayedArchive(container)) {
      compare(
          run,
          new RightArchive(container.counterpart()),
          archive,
          index -> {
            if (reopening && index % OPERATIONS_OF_A_HANDLE == 0) {
              archive.reopen();
            }
          });
    }
  }

  private void replayCached(Run run) throws IOException {
    Container container = container(run);
    try (ReplayedCache cache = new ReplayedCache(container, manager)) {
      compare(run, new RightCache(container.counterpart().kind()), cache, index -> {});
    }
  }

  private Container container(Run run) throws IOException {
    return new Container(
        Counterpart.of(run.archive()), Files.createTempDirectory(folder, run.script()));
  }

  /** Compares what was recorded with what is right: they differ where a defect is listed. */
  private void compareRecorded(Run run) {
    Counterpart counterpart = Counterpart.of(run.archive());
    Party reference =
        run.isCached() ? new RightCache(counterpart.kind()) : new RightArchive(counterpart);
    Map<Integer, Integer> listed = defects.of(run);
    Set<Integer> met = new HashSet<>();
    for (Step step : run.comparableSteps()) {
      String recorded = run.answers().get(step.index());
      String right = reference.perform(step);
      if (listed.containsKey(step.index())) {
        assertNotEquals(
            recorded, right, () -> step + ": listed as a defect of klepto's, but it is right");
        met.add(step.index());
      } else {
        assertEquals(recorded, right, () -> step + ": what is right is not as recorded");
      }
    }
    assertEquals(listed.keySet(), met, "listed as defects, but no operations that are compared");
  }

  private void compare(Run run, Party reference, Party tested, IntConsumer before) {
    for (Step step : run.comparableSteps()) {
      before.accept(step.index());
      assertEquals(
          reference.perform(step), tested.perform(step), () -> step + ": not what is right");
      operations++;
    }
  }
}
