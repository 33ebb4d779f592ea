package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.ChildJvm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that are killed while they write to a server with its default settings. The engines in
 * files are attacked in the package {@code attack}.
 */
final class KilledClientTest {
  private static final int FEW_ROUNDS = 2;
  private static final int MANY_ROUNDS = 100;
  private static final int MOST_STEPS = 300;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void killedClient_leavesAllThatWasAcknowledged(TestEngine engine, TestReporter reporter) {
    killClients(engine, FEW_ROUNDS, reporter);
  }

  @Tag("soak")
  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void killedClients_inManyRounds_leaveAllThatWasAcknowledged(
      TestEngine engine, TestReporter reporter) {
    killClients(engine, MANY_ROUNDS, reporter);
  }

  /** Kills one writer in each round; all rounds work in the same database. */
  private void killClients(TestEngine engine, int rounds, TestReporter reporter) {
    Map<String, Integer> acknowledged = new LinkedHashMap<>();
    try (Database database = engine.newDatabase()) {
      for (int round = 0; round < rounds; round++) {
        String writer = "round " + round;
        acknowledged.put(writer, killWriter(database, writer));
        List<String> lost = new ArrayList<>();
        try (Store store = Stores.open(database)) {
          acknowledged.forEach(
              (name, steps) ->
                  new Workload(name)
                      .differencesAfterDeath(store, steps)
                      .forEach((key, how) -> lost.add(key + ": " + how)));
          assertEquals(List.of(), lost, engine + ", seed " + seed);
          assertTrue(store.verify(false).isSound(), engine + ", seed " + seed);
        }
      }
    }
    int steps = acknowledged.values().stream().mapToInt(Integer::intValue).sum();
    reporter.publishEntry(
        engine + ", kill -9 of " + rounds + " clients",
        "acknowledged " + steps + ", lost 0, wrong 0");
  }

  /** Returns the last step that was acknowledged. */
  private int killWriter(Database database, String writer) {
    try (ChildJvm child = ChildJvm.start(WritingProcess.class, database.url(), writer)) {
      child.awaitLines(1 + random.nextInt(MOST_STEPS));
      return child.kill().size() - 1;
    }
  }
}
