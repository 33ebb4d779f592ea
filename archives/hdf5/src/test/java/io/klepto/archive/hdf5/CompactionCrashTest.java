package io.klepto.archive.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.testkit.ChildJvm;
import io.klepto.keymap.KeyBytes;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Processes that die while they compact, at each of its steps and at any moment. */
final class CompactionCrashTest {
  static final int MOST_STEPS = 40;
  private static final int FEW_ROUNDS = 4;
  private static final int MANY_ROUNDS = 100;
  static final String DONE = "done";
  static final String REPAIR = "repair";

  private final FileFixture fixture =
      new FileFixture(Map.of(HdfSettings.COMPACT_ON_CLOSE, "false"));

  @AfterEach
  void close() {
    fixture.close();
  }

  /**
   * The process that dies. Arguments: the file, the number of the step at which it dies, 0 for
   * writing and compacting until it is killed, printing the number of each record; and {@link
   * #REPAIR} for a repair in place of a compaction.
   */
  static final class Child {
    private final PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private int stepsLeft;

    /** Runs the program. */
    public static void main(String[] arguments) {
      new Child()
          .run(
              Path.of(arguments[0]),
              Integer.parseInt(arguments[1]),
              List.of(arguments).contains(REPAIR));
    }

    private void run(Path file, int step, boolean repair) {
      StoreOptions options = new StoreOptions(SmallArchive.NAMESPACE, Optional.empty(), Map.of());
      if (step == 0) {
        writeAndCompact(HdfStores.open(file, options, new LocalDisk(), HdfStores::openJournal));
      }
      stepsLeft = step;
      Store store =
          HdfStores.open(
              file,
              options,
              dying(Disk.class, new LocalDisk()),
              (place, given) -> dying(Store.class, HdfStores.openJournal(place, given)));
      if (repair) {
        store.verify(true);
      } else {
        store.compact();
      }
      out.println(DONE);
      Runtime.getRuntime().halt(0);
    }

    private void writeAndCompact(Store store) {
      for (int i = 0; true; i++) {
        store.put(SmallArchive.key(i), SmallArchive.bytes("value " + i));
        if (i % 3 == 2) {
          store.remove(SmallArchive.key(i - 1));
        }
        out.println(i);
        if (i % 10 == 9) {
          store.compact();
        }
      }
    }

    /** Returns the same, dying before and after each of the calls that change anything. */
    private <T> T dying(Class<T> type, T target) {
      Set<String> reading = Set.of("get", "getAll", "scan", "size", "name", "durability");
      Object proxy =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                boolean changing = !reading.contains(method.getName());
                step(changing);
                try {
                  Object result = method.invoke(target, arguments);
                  step(changing);
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
      return type.cast(proxy);
    }

    private void step(boolean changing) {
      if (changing) {
        stepsLeft--;
      }
      if (changing && stepsLeft == 0) {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  @Test
  void killedAtEachStep_losesNothingAndBringsNothingBack(TestReporter reporter) throws IOException {
    int step = 0;
    boolean done = false;
    while (!done) {
      step++;
      assertTrue(step < MOST_STEPS, "expected a compaction of fewer steps than " + step);
      Map<KeyBytes, StoreRecord> expected = prepare(step);
      try (ChildJvm child =
          ChildJvm.start(Child.class, fixture.file().toString(), Integer.toString(step))) {
        done = child.awaitSuccess().contains(DONE);
      }
      assertSurvived(expected, "killed at step " + step);
    }
    reporter.publishEntry("compaction killed at each step", step - 1 + " steps, lost 0, wrong 0");
    assertTrue(step > 8, "expected more than 8 steps, found " + step);
  }

  /**
   * Leaves records in the file, in the journal, in both, and removals, and returns what is there.
   */
  private Map<KeyBytes, StoreRecord> prepare(int round) {
    try (Store store = fixture.open(SmallArchive.NAMESPACE)) {
      store.clear();
      SmallArchive.fill(store);
      store.put(SmallArchive.key("removed"), SmallArchive.bytes("to be removed"));
      store.put(SmallArchive.key("replaced"), SmallArchive.bytes("old"));
      store.compact();
      store.remove(SmallArchive.key("removed"));
      store.put(SmallArchive.key("replaced"), SmallArchive.bytes("new in round " + round));
      store.put(SmallArchive.key("added"), SmallArchive.bytes("in round " + round));
      return SmallArchive.recordsIn(store);
    }
  }

  private void assertSurvived(Map<KeyBytes, StoreRecord> expected, String told) throws IOException {
    try (Store store = fixture.open(SmallArchive.NAMESPACE)) {
      assertEquals(expected, SmallArchive.recordsIn(store), told);
      assertTrue(store.verify(false).isSound(), told);
      store.compact();
      assertEquals(expected, SmallArchive.recordsIn(store), told + ", compacted");
    }
    assertEquals(List.of(), leftovers(), told);
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(fixture.file().getParent())) {
      return files.filter(file -> file.toString().contains(".temp-")).toList();
    }
  }

  @Test
  void killedAtAnyMoment_leavesWhatWasAcknowledged() {
    killAtRandom(FEW_ROUNDS);
  }

  @Test
  @Tag("soak")
  void killedAtAnyMoment_inManyRounds_leavesWhatWasAcknowledged() {
    killAtRandom(MANY_ROUNDS);
  }

  private void killAtRandom(int rounds) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < rounds; round++) {
      String told = "seed " + seed + ", round " + round;
      int acknowledged;
      try (ChildJvm child = ChildJvm.start(Child.class, fixture.file().toString(), "0")) {
        child.awaitLines(1 + random.nextInt(60));
        acknowledged = child.kill().size();
      }
      try (Store store = fixture.open(SmallArchive.NAMESPACE)) {
        Map<KeyBytes, StoreRecord> found = SmallArchive.recordsIn(store);
        Map<KeyBytes, String> expected = new HashMap<>();
        for (int i = 0; i < acknowledged; i++) {
          if (i % 3 != 1 || i + 1 >= acknowledged) {
            expected.put(SmallArchive.key(i), "value " + i);
          }
        }
        // What was under way, and the removal that belongs to it, may be done or not.
        for (int i = acknowledged - 1; i <= acknowledged; i++) {
          expected.remove(SmallArchive.key(i));
          found.remove(SmallArchive.key(i));
        }
        Map<KeyBytes, String> texts = new HashMap<>();
        found.forEach(
            (key, record) ->
                texts.put(key, new String(record.content().payload(), StandardCharsets.UTF_8)));
        assertEquals(expected, texts, told);
        assertTrue(store.verify(false).isSound(), told);
        store.clear();
      }
    }
  }
}
