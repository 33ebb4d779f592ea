package io.klepto.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCachingProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
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

/**
 * What klepto's caches did, move by move, and what ours do: every recorded scenario in every shape
 * of cache, but those whose function returns None: JCache has no null values.
 *
 * <p>Ours differ where {@code policy-defects.json} lists a defect of klepto's, and nowhere else.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PolicyReplayTest {
  private List<Scenario> scenarios;
  private List<Scenario> notReplayed;
  private Map<String, Defect> defects;
  private CacheManager manager;
  private ThreadRelay relay;
  private int replays;
  private int operations;
  private int mismatches;

  @BeforeAll
  void open() throws IOException {
    Map<Boolean, List<Scenario>> byConcept =
        Vectors.scenarios().stream()
            .collect(Collectors.partitioningBy(scenario -> !scenario.function().equals("none")));
    scenarios = byConcept.get(true);
    notReplayed = byConcept.get(false);
    defects = Defect.all();
    manager = Caching.getCachingProvider(KleptoCachingProvider.class.getName()).getCacheManager();
    relay = new ThreadRelay();
  }

  @AfterAll
  void report() {
    relay.close();
    manager.close();
    String byRule =
        defects.values().stream()
            .collect(Collectors.groupingBy(Defect::rule, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(rule -> "rule " + rule.getKey() + ": " + rule.getValue())
            .collect(Collectors.joining(", "));
    System.out.printf(
        "klepto's policies: %d scenarios in %d replays, %d operations compared, %d mismatches,"
            + " %d scenarios with a defect of klepto (%s)%n",
        scenarios.size(), replays, operations, mismatches, defects.size(), byRule);
    System.out.printf(
        "klepto's policies: with a defect: %s%n",
        defects.values().stream()
            .map(defect -> defect.id() + " (rule " + defect.rule() + ")")
            .collect(Collectors.joining(", ")));
    System.out.printf(
        "klepto's policies: %d scenarios not replayed, for JCache has no null values: %s%n",
        notReplayed.size(), notReplayed);
  }

  @Test
  void vectors_areComplete() {
    assertEquals(318, scenarios.size());
    assertEquals(8, notReplayed.size());
    assertEquals(
        41_685, scenarios.stream().mapToInt(scenario -> scenario.operations().size()).sum());
  }

  @Test
  void defects_areOfKnownScenarios() {
    Map<String, Scenario> known =
        scenarios.stream().collect(Collectors.toMap(Scenario::id, Function.identity()));
    assertTrue(
        known.keySet().containsAll(defects.keySet()),
        () -> "expected ids of " + known.keySet() + ", found " + defects.keySet());
  }

  @TestFactory
  Stream<DynamicTest> byValue_movesAreKlepto() {
    return replays(Shape.BY_VALUE, Runnable::run);
  }

  @TestFactory
  Stream<DynamicTest> byReference_movesAreKlepto() {
    return replays(Shape.BY_REFERENCE, Runnable::run);
  }

  @TestFactory
  Stream<DynamicTest> withExpiryThatIsFarAway_movesAreKlepto() {
    return replays(Shape.EXPIRING, Runnable::run);
  }

  @TestFactory
  Stream<DynamicTest> whenThreadsTakeTurns_movesAreKlepto() {
    return replays(Shape.BY_VALUE, relay);
  }

  @TestFactory
  Stream<DynamicTest> withExpiryWhenThreadsTakeTurns_movesAreKlepto() {
    return replays(Shape.EXPIRING, relay);
  }

  private Stream<DynamicTest> replays(Shape shape, Executor executor) {
    return scenarios.stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(scenario.id(), () -> replay(scenario, shape, executor)));
  }

  private void replay(Scenario scenario, Shape shape, Executor executor) {
    Replay replay = new Replay(scenario, defects.get(scenario.id()), shape, manager, executor);
    replays++;
    try {
      replay.run();
    } catch (Throwable e) {
      mismatches++;
      throw e;
    } finally {
      operations += replay.operations();
    }
  }
}
