package io.klepto.archive.dir;

import static io.klepto.archive.dir.DirTestStore.content;
import static io.klepto.archive.dir.DirTestStore.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that is full for one step, tried at each step of each call: the call fails by name, what
 * was there before is there still or is what the call would have made it, and the next call works.
 */
final class DirEveryStepTest {
  private static final KeyBytes KEY = key(1);
  private static final KeyBytes NEW_KEY = key(2);
  private static final KeyBytes DAMAGED_KEY = key(3);
  private static final int ALL_STEPS = 40;
  private static final int STRIDE = 97;
  private static final int MOST_STEPS = 5_000;

  @TempDir Path parent;
  private final FailingFiles.Fault fault = new FailingFiles.Fault();
  private int containers;

  /** The calls that are tried with each of their steps failing. */
  private enum Calls {
    PUT_NEW,
    PUT_OVER,
    PUT_OVER_DAMAGED,
    PUT_ALL,
    COMPARE_AND_SET,
    TOUCH,
    REMOVE,
    REMOVE_DAMAGED,
    REMOVE_ALL,
    CLEAR,
    SYNC,
    COMPACT,
    REPAIR;

    void on(DirStore store, long version) {
      switch (this) {
        case PUT_NEW -> store.put(NEW_KEY, content("new"));
        case PUT_OVER -> store.put(KEY, content("new"));
        case PUT_OVER_DAMAGED -> store.put(DAMAGED_KEY, content("new"));
        case PUT_ALL ->
            store.putAll(Map.of(KEY, content("new"), NEW_KEY, content("new"))).orThrow();
        case COMPARE_AND_SET -> store.compareAndSet(KEY, version, content("new"));
        case TOUCH -> store.touch(KEY, version, RecordTimes.eternal(1));
        case REMOVE -> store.remove(KEY);
        case REMOVE_DAMAGED -> store.remove(DAMAGED_KEY);
        case REMOVE_ALL -> store.removeAll(Set.of(KEY, NEW_KEY)).orThrow();
        case CLEAR -> store.clear();
        case SYNC -> store.sync();
        case COMPACT -> store.compact();
        case REPAIR -> store.verify(true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void eachStepOfACall_thatFails(Calls call) throws Exception {
    for (Durability durability : List.of(Durability.OS, Durability.SYNC)) {
      int step = 1;
      while (!failsAt(step, call, durability)) {
        // Most steps of the long calls list one of 256 folders: some of those will do.
        step += step < ALL_STEPS ? 1 : STRIDE;
        assertTrue(step < MOST_STEPS, "a call of " + step + " steps");
      }
      assertTrue(step > 1, "no step failed");
    }
  }

  /** Lets a step fail; returns true if the call has none of that number. */
  private boolean failsAt(int step, Calls call, Durability durability) throws Exception {
    String what = call + " with " + durability + ", step " + step;
    DirTestStore test = new DirTestStore(parent.resolve("container " + containers++), fault);
    try (DirStore store = test.open(durability, Map.of())) {
      long version = store.put(KEY, content("old"));
      store.put(DAMAGED_KEY, content("damaged"));
      Files.write(test.fileOf(DAMAGED_KEY), new byte[] {1});
      fault.failAt(step);
      boolean failed = false;
      try {
        call.on(store, version);
      } catch (ArchiveException e) {
        failed = true;
        assertTrue(e.getMessage().contains(parent.toString()), what + ": " + e.getMessage());
      }
      boolean beyond = fault.steps() < step;
      fault.failAt(0);
      // A link that can't be made, a read that is reported: some steps may fail without the call.
      assertTrue(!beyond || !failed, what);
      assertOldOrNew(store, call, what);
      store.put(KEY, content("next"));
      store.put(DAMAGED_KEY, content("next"));
      assertEquals(content("next"), store.get(KEY).content(), what);
      assertTrue(store.verify(false).isSound(), what);
      store.sync();
      assertEquals(List.of(), DirTestStore.namesIn(test.layout().temp()), what);
      return beyond;
    }
  }

  private static void assertOldOrNew(DirStore store, Calls call, String what) {
    StoreRecord record = store.get(KEY);
    boolean mayBeGone = Set.of(Calls.REMOVE, Calls.REMOVE_ALL, Calls.CLEAR).contains(call);
    if (record == null) {
      assertTrue(mayBeGone, what);
    } else {
      RecordTimes times = record.content().times();
      assertTrue(
          record.content().equals(content("old").withTimes(times))
              || record.content().equals(content("new")),
          what);
    }
    StoreRecord fresh = store.get(NEW_KEY);
    if (fresh != null) {
      assertEquals(content("new"), fresh.content(), what);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Durability.class,
      names = {"OS", "SYNC"})
  void eachStepOfOpening_thatFails(Durability durability) throws Exception {
    int step = 0;
    boolean beyond = false;
    while (!beyond) {
      step++;
      DirTestStore test = new DirTestStore(parent.resolve("opened " + step), fault);
      fault.failAt(step);
      boolean failed = false;
      try (DirStore store = test.open(durability, Map.of())) {
        assertNull(store.get(KEY));
      } catch (ArchiveException e) {
        failed = true;
        assertTrue(e.getMessage().contains(parent.toString()), e.getMessage());
      }
      beyond = fault.steps() < step;
      assertEquals(!beyond, failed, "step " + step);
      fault.failAt(0);
      try (DirStore store = test.open(durability, Map.of())) {
        store.put(KEY, content("value"));
        assertEquals(content("value"), store.get(KEY).content());
      }
    }
    assertTrue(step > 5, step + " steps");
  }
}
