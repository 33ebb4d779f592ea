package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.KeyHold;
import io.klepto.archive.store.Stamps;
import io.klepto.archive.store.Store;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of a store with {@link io.klepto.archive.store.Capability#STAMPS} and {@link
 * io.klepto.archive.store.Capability#KEY_LOCK} among several processes, some of which are killed.
 *
 * <p>Its fixture has a {@link StoreFixture#location}. Each attack prints a line: who read and wrote
 * how often, and how many reads were stale, of which there must be none. The tests tagged {@code
 * soak} are the same for longer.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
public abstract class CoherenceProcessContract extends ProcessContract {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(1_500);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int INCREMENTS = 200;

  @TempDir private Path folder;

  /** Creates the suite; a back-end's test class extends it. */
  protected CoherenceProcessContract() {
    super(StampWorker.class);
  }

  @Test
  final void twoProcesses_neverReadWhatIsStale() {
    attack("2 processes, clearing", SHORT, List.of("clear", "read"), 0);
  }

  @Test
  final void fourProcesses_oneOfThemPlain_neverReadWhatIsStale() {
    attack("4 processes, 1 plain", SHORT, List.of("plain", "work", "work", "work"), 0);
  }

  @Test
  final void writersThatAreKilled_leaveNothingStale() {
    attack("4 processes, killed", SHORT, List.of("plain", "work", "work", "work"), 3);
  }

  @Test
  @Tag("soak")
  final void twoProcesses_forLong_neverReadWhatIsStale() {
    attack("2 processes, clearing", LONG, List.of("clear", "read"), 0);
  }

  @Test
  @Tag("soak")
  final void fourProcesses_forLong_neverReadWhatIsStale() {
    attack("4 processes, 1 plain", LONG, List.of("plain", "work", "work", "work"), 0);
  }

  @Test
  @Tag("soak")
  final void writersThatAreKilled_forLong_leaveNothingStale() {
    attack("4 processes, killed", LONG, List.of("plain", "work", "work", "work"), 100);
  }

  /**
   * Has processes work at once.
   *
   * @param hows how each works; one that does {@code read} writes nothing
   * @param kills how often one of them is killed, and another started in its place
   */
  private void attack(String name, Duration time, List<String> hows, int kills) {
    String told = getClass().getSimpleName() + ", " + name + ", seed " + seed;
    int writers = (int) hows.stream().filter(how -> !how.equals("read")).count();
    List<ChildJvm> working = new ArrayList<>();
    for (int i = 0; i < hows.size(); i++) {
      working.add(startWorking(hows, i, writers));
      if (i == 0) {
        working.get(0).awaitLines(1); // it is at work before the others make the stamps
      }
    }
    working.forEach(child -> child.awaitLines(1));
    long pauseNanos = time.toNanos() / (kills + 1);
    for (int kill = 0; kill < kills; kill++) {
      pause(random.nextLong(pauseNanos));
      int victim = random.nextInt(hows.size());
      requireNothingStale(told, working.get(victim).kill());
      working.set(victim, startWorking(hows, victim, writers));
      working.get(victim).awaitLines(1);
    }
    pause(pauseNanos);
    working.forEach(child -> child.send("stop"));
    StampWorker.Count count = new StampWorker.Count(0, 0, 0, 0);
    for (ChildJvm child : working) {
      List<String> lines = child.awaitSuccess();
      requireNothingStale(told, lines);
      count = count.plus(StampWorker.Count.of(lines.get(lines.size() - 1)));
    }
    System.out.printf(
        "%-28s %-24s %,12d reads %,12d hits %,9d changes %3d kills %d stale%n",
        getClass().getSimpleName(),
        name,
        count.reads(),
        count.hits(),
        count.writes(),
        kills,
        count.stale());
    assertEquals(0, count.stale(), told);
    assertTrue(count.hits() > 0 && count.writes() > 0, told);
    requireEvenStamps(told);
  }

  private ChildJvm startWorking(List<String> hows, int index, int writers) {
    boolean reads = hows.get(index).equals("read");
    return start(
        "work",
        folder.resolve("acknowledged").toString(),
        Integer.toString(reads ? -1 : index),
        Integer.toString(writers),
        reads ? "work" : hows.get(index));
  }

  private static void requireNothingStale(String told, List<String> lines) {
    assertTrue(
        lines.stream().noneMatch(line -> line.startsWith("STALE")), () -> told + ": " + lines);
  }

  /** Reading alone makes even what killed writers left odd. */
  private void requireEvenStamps(String told) {
    try (Store store = openHere()) {
      Stamps stamps = store.stamps(1);
      for (int key = 0; key < StampWorker.KEYS; key++) {
        int number = key;
        int stripe = stamps.stripeOf(StampWorker.key("key " + key));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while ((stamps.at(stripe) & 1) != 0) {
          store.get(StampWorker.key("key " + key));
          assertTrue(System.nanoTime() < deadline, () -> told + ": odd stamp of key " + number);
        }
      }
    }
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Test
  final void stampsMadeByManyAtOnce_areOnesForAll() {
    List<ChildJvm> makers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      makers.add(start("serve"));
    }
    makers.forEach(child -> child.awaitLines(1));
    makers.forEach(child -> child.send("make"));
    makers.forEach(child -> child.awaitLines(2));
    List<Long> before = makers.stream().map(CoherenceProcessContract::stampIn).toList();
    try (Store store = openHere()) {
      store.put(StampWorker.key("a"), StampWorker.content(1));
      for (int i = 0; i < makers.size(); i++) {
        assertEquals(before.get(0), before.get(i));
        assertEquals(before.get(0) + 2, stampIn(makers.get(i)));
      }
    }
  }

  /** Has a child print the stamp of the key "a" and returns it. */
  private static long stampIn(ChildJvm child) {
    return Long.parseLong(answerOf(child, "at"));
  }

  private static String answerOf(ChildJvm child, String order) {
    int lines = child.lines().size();
    child.send(order);
    child.awaitLines(lines + 1);
    return child.lines().get(lines);
  }

  @Test
  final void stampsFileThatIsRemovedInUse_isNoticedByAll() throws IOException {
    ChildJvm reader = start("serve");
    reader.awaitLines(1);
    answerOf(reader, "make");
    answerOf(reader, "put");
    long before = stampIn(reader);
    removeStamps();
    ChildJvm stranger = start("serve");
    stranger.awaitLines(1);
    answerOf(stranger, "make");
    answerOf(stranger, "put");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long stamp = stampIn(reader);
    while (stamp == before || (stamp & 1) != 0) {
      assertTrue(System.nanoTime() < deadline, "never noticed");
      stamp = stampIn(reader);
    }
    answerOf(stranger, "put");
    assertEquals(stamp + 2, stampIn(reader));
    assertEquals(stamp + 2, stampIn(stranger));
  }

  private void removeStamps() throws IOException {
    Path beside = Path.of(URI.create("file:" + location().getRawSchemeSpecificPart())).getParent();
    int removed = 0;
    try (Stream<Path> files = Files.walk(beside)) {
      for (Path file : files.filter(path -> path.toString().endsWith("stamps")).toList()) {
        Files.delete(file);
        removed++;
      }
    }
    assertEquals(1, removed);
  }

  @Test
  final void countersUnderTheLockOfTheirKey_loseNoIncrement() {
    List<ChildJvm> counting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      counting.add(start("increment", Integer.toString(INCREMENTS)));
    }
    counting.forEach(child -> child.awaitLines(1));
    counting.forEach(child -> child.send("start"));
    counting.forEach(ChildJvm::awaitSuccess);
    try (Store store = openHere()) {
      long counted = StampWorker.stepIn(store.get(StampWorker.key("counter")));
      assertEquals(3L * INCREMENTS, counted);
    }
  }

  @Test
  final void lockOfAProcessThatIsKilled_isFree() {
    try (Store store = openHere()) {
      ChildJvm holder = start("hold", "a");
      holder.awaitLines(1);
      assertTrue(store.lockKey(StampWorker.key("a"), Duration.ofMillis(50)).isEmpty());
      holder.kill();
      store.lockKey(StampWorker.key("a"), PATIENCE).orElseThrow().close();
    }
  }

  @Test
  final void lockOfAProcessThatIsSuspended_costsThePatience() throws Exception {
    Assumptions.assumeTrue(File.separatorChar == '/', "no way to suspend a process");
    try (Store store = openHere()) {
      ChildJvm holder = start("hold", "a");
      holder.awaitLines(1);
      signal("-STOP", holder);
      Duration patience = Duration.ofMillis(200);
      long start = System.nanoTime();
      assertTrue(store.lockKey(StampWorker.key("a"), patience).isEmpty());
      assertTrue(System.nanoTime() - start >= patience.toNanos());
      try (KeyHold other = store.lockKey(StampWorker.key("b"), PATIENCE).orElseThrow()) {
        store.put(StampWorker.key("a"), StampWorker.content(other == null ? 0 : 1));
      }
      signal("-CONT", holder);
      holder.send("end");
      store.lockKey(StampWorker.key("a"), PATIENCE).orElseThrow().close();
      holder.awaitSuccess();
    }
  }

  private static void signal(String signal, ChildJvm child)
      throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(child.pid())).start();
    assertEquals(0, kill.waitFor());
  }
}
