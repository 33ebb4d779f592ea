package io.klepto.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.CacheManager;

/**
 * One scenario, done by the cache under test and by the reference, and compared with the recording
 * after every operation.
 *
 * <p>Up to klepto's defect, if one is listed, all three agree. At the listed operation the
 * recording differs; from there on the cache is held to the reference.
 */
final class Replay {
  /** Calls for caches that klepto could not make. */
  private static final int[] TRIAL = {1, 1, 2, 1, 3, 2, 7, 1};

  private final Scenario scenario;
  private final Defect defect;
  private final Shape shape;
  private final CacheManager manager;
  private final Executor executor;
  private int operations;

  /**
   * Prepares a replay.
   *
   * @param defect klepto's defect in this scenario, or null
   * @param executor runs each operation before it returns
   */
  Replay(Scenario scenario, Defect defect, Shape shape, CacheManager manager, Executor executor) {
    this.scenario = scenario;
    this.defect = defect;
    this.shape = shape;
    this.manager = manager;
    this.executor = executor;
  }

  /** Returns how many recorded operations were compared. */
  int operations() {
    return operations;
  }

  /** Replays the scenario, to the end or to the first mismatch. */
  void run() {
    if (defect == null || defect.operation() != Defect.START) {
      assertTrue(!scenario.failedToStart(), "klepto could not make this cache: a defect to list");
      try (ReplayedCache cache = cache()) {
        replay(cache);
      }
    } else if (scenario.failedToStart()) {
      try (ReplayedCache cache = cache()) {
        tryOut(cache);
      }
    } else {
      String message =
          assertThrows(IllegalArgumentException.class, () -> cache().close()).getMessage();
      assertTrue(message.contains("found " + scenario.maxEntries()), message);
    }
  }

  private ReplayedCache cache() {
    return new ReplayedCache(scenario, shape, manager);
  }

  private void replay(ReplayedCache cache) {
    Recording recording = new Recording(scenario);
    ReferenceCache reference = new ReferenceCache(scenario, cache::loadOrder);
    start(cache, reference);
    boolean agrees = true;
    for (Operation operation : scenario.operations()) {
      Effect recorded = recording.effectOf(operation);
      Effect right = reference.perform(operation);
      Effect found = perform(cache, operation);
      if (defect != null && defect.operation() == operation.index()) {
        assertNotEquals(
            recorded, right, () -> operation + ": listed as klepto's defect, but it is right");
        agrees = false;
      }
      if (agrees) {
        assertEquals(recorded, right, () -> operation + ": the reference is not as recorded");
        assertEquals(recorded, found, () -> operation + ": not as recorded");
      } else {
        assertEquals(right, found, () -> operation + ": after klepto's defect, not as is right");
      }
      assertEquals(
          reference.residentValues(),
          cache.residentValues(),
          () -> operation + ": values in memory");
      assertEquals(
          reference.archivedValues(),
          cache.archivedValues(),
          () -> operation + ": values archived");
      operations++;
    }
    assertEquals(
        defect == null, agrees, "the operation that is listed as klepto's defect was not reached");
  }

  private void start(ReplayedCache cache, ReferenceCache reference) {
    reference.start(scenario);
    executor.execute(() -> cache.start(scenario));
  }

  private void tryOut(ReplayedCache cache) {
    ReferenceCache reference = new ReferenceCache(scenario, cache::loadOrder);
    for (int i = 0; i < TRIAL.length; i++) {
      Operation operation = Operation.ofCall(i, TRIAL[i]);
      Effect right = reference.perform(operation);
      assertEquals(right, perform(cache, operation), operation::toString);
    }
  }

  private Effect perform(ReplayedCache cache, Operation operation) {
    AtomicReference<Effect> found = new AtomicReference<>();
    executor.execute(() -> found.set(cache.perform(operation)));
    return found.get();
  }
}
