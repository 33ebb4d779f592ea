package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of a store with {@link io.klepto.archive.store.Capability#MANY_PROCESSES} and {@link
 * io.klepto.archive.store.Capability#PERSISTENT}: several processes at once, killed at any moment.
 *
 * <p>Its fixture has a {@link StoreFixture#location}. The tests tagged {@code soak} are the same
 * with many more rounds.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
public abstract class StoreProcessContract extends ProcessContract {
  private static final int WRITERS = 3;
  private static final int FEW_ROUNDS = 3;
  private static final int MANY_ROUNDS = 150;
  private static final int INCREMENTS = 300;

  /** Creates the suite; a back-end's test class extends it. */
  protected StoreProcessContract() {
    super(StoreWorker.class);
  }

  @Test
  final void killedWriters_leaveEveryAcknowledgedRecordAndNoOther() {
    killWriters(FEW_ROUNDS);
  }

  @Test
  @Tag("soak")
  final void killedWriters_inManyRounds_leaveEveryAcknowledgedRecordAndNoOther() {
    killWriters(MANY_ROUNDS);
  }

  /** The first round creates the archive, and may be killed while doing so. */
  private void killWriters(int rounds) {
    Map<KeyBytes, RecordContent> known = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      String told = "seed " + seed + ", round " + round;
      Map<String, ChildJvm> writers = new LinkedHashMap<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = round + "." + writer;
        writers.put(name, start("write", name));
      }
      int linesBeforeDeath = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextInt(500);
      writers.get(round + "." + random.nextInt(WRITERS)).awaitLines(linesBeforeDeath);
      Map<String, Integer> acknowledged = new LinkedHashMap<>();
      writers.forEach((name, writer) -> acknowledged.put(name, stepsIn(writer.kill())));
      try (Store store = openHere()) {
        acknowledged.forEach((name, steps) -> known.putAll(survivors(store, name, steps, told)));
        assertEquals(known, contentsOf(store), told);
        assertTrue(store.verify(false).isSound(), told);
        store.compact();
        assertEquals(known, contentsOf(store), told + ", after compact");
      }
    }
  }

  /** Returns the last step that a writer printed, having checked that it printed all before. */
  private static int stepsIn(List<String> lines) {
    for (int step = 1; step < lines.size(); step++) {
      assertEquals(Integer.toString(step), lines.get(step));
    }
    return Math.max(0, lines.size() - 1);
  }

  /**
   * Returns what a writer left, having checked each of its keys: it is in the state of the last
   * step that was acknowledged, or of the one that was under way when the writer was killed.
   */
  private static Map<KeyBytes, RecordContent> survivors(
      Store store, String name, int acknowledged, String told) {
    Map<KeyBytes, RecordContent> expected = new HashMap<>();
    for (int step = 1; step <= acknowledged; step++) {
      apply(expected, name, step);
    }
    KeyBytes underWay = StoreWorker.keyOf(name, acknowledged + 1);
    Map<KeyBytes, RecordContent> orElse = new HashMap<>(expected);
    apply(orElse, name, acknowledged + 1);
    StoreRecord found = store.get(underWay);
    RecordContent content = found == null ? null : found.content();
    if (!Objects.equals(content, expected.get(underWay))) {
      assertEquals(orElse.get(underWay), content, told + ", under way: " + underWay);
      return orElse;
    }
    return expected;
  }

  private static void apply(Map<KeyBytes, RecordContent> state, String name, int step) {
    if (step % StoreWorker.REMOVE_EVERY == 0) {
      state.remove(StoreWorker.keyOf(name, step));
    } else {
      state.put(StoreWorker.keyOf(name, step), StoreWorker.contentOf(name, step));
    }
  }

  private static Map<KeyBytes, RecordContent> contentsOf(Store store) {
    Map<KeyBytes, RecordContent> contents = new HashMap<>();
    StoreContractPart.allOf(store).forEach(record -> contents.put(record.key(), record.content()));
    assertEquals(contents.size(), store.size());
    return contents;
  }

  @Test
  final void countersOfManyProcesses_loseNoIncrement() {
    List<ChildJvm> counting = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      counting.add(start("count", "counter " + i, Integer.toString(INCREMENTS)));
    }
    counting.forEach(child -> child.awaitLines(1));
    counting.forEach(child -> child.send("start"));
    counting.forEach(ChildJvm::awaitSuccess);
    try (Store store = openHere()) {
      long expected = (long) WRITERS * INCREMENTS;
      assertEquals(expected, StoreCounter.valueOf(store, StoreWorker.key("counter")));
    }
  }

  @Test
  final void newArchive_openedByManyAtOnce_opensForAll() {
    List<ChildJvm> opening = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      opening.add(start("open", "opener " + i));
    }
    opening.forEach(child -> child.awaitLines(1));
    opening.forEach(child -> child.send("start"));
    opening.forEach(ChildJvm::awaitSuccess);
    try (Store store = openHere()) {
      for (int i = 0; i < WRITERS; i++) {
        StoreRecord found = store.get(StoreWorker.key("opener " + i));
        assertEquals(StoreWorker.contentOf("opener " + i, 1), found.content());
      }
      assertEquals(WRITERS, store.size());
    }
  }
}
