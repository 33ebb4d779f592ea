package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.ChildJvm;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that are killed as by {@code kill -9} at random moments: in single and bulk calls, in
 * {@code compact}, {@code sync} and {@code clear}, and while they make new archives; some with
 * threads that are interrupted all the time. Afterwards the store holds what they had printed as
 * acknowledged, and no other.
 */
final class KillAttack {
  private static final int PROCESSES = 2;
  private static final int THREADS = 2;
  private static final int MOST_LINES = 600;
  private static final int FOUNDED = 300;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

  private final AttackTarget target;
  private final WorkFolder work;
  private final AttackScale scale;
  private final Random random;
  private final boolean manyProcesses;
  private final Path shared;
  private final Path own;
  private final ExpectedEntries inShared = new ExpectedEntries();
  private final ExpectedEntries inOwn = new ExpectedEntries();

  KillAttack(AttackTarget target, WorkFolder work, AttackScale scale) {
    this.target = target;
    this.work = work;
    this.scale = scale;
    this.random = new Random(scale.seed());
    this.shared = work.fresh();
    this.own = work.fresh();
    Path probe = work.fresh();
    try (Store store = target.open(probe, "probe", Optional.empty())) {
      this.manyProcesses = store.capabilities().contains(Capability.MANY_PROCESSES);
    }
  }

  /** Kills writers in as many rounds as the scale says. */
  AttackTally writers() {
    AttackTally tally = new AttackTally(target.name(), "killed writers");
    for (int round = 0; round < scale.rounds(); round++) {
      boolean alone = round % 2 == 1;
      int processes = alone || !manyProcesses ? 1 : PROCESSES;
      playAndKill(round, alone, processes, tally);
    }
    return tally;
  }

  private void playAndKill(int round, boolean alone, int processes, AttackTally tally) {
    tally.addCase();
    int threads = alone ? 1 : THREADS;
    boolean interrupted = random.nextBoolean();
    String namespace = alone ? "own" : "shared";
    Path folder = alone ? own : shared;
    String told =
        "%s, round %d, %d processes, %d threads%s"
            .formatted(scale.told(), round, processes, threads, interrupted ? ", interrupted" : "");
    Map<String, ChildJvm> children = new LinkedHashMap<>();
    Map<String, List<String>> printed = new LinkedHashMap<>();
    try {
      for (int process = 0; process < processes; process++) {
        String name = (scale.seed() & 0xFFFF) + "r" + round + "p" + process;
        ChildJvm child =
            ChildJvm.start(
                AttackWorker.class,
                AttackWorker.arguments(
                    "play", target, namespace, name, threads, interrupted, alone));
        child.send(target.location(folder).toString());
        children.put(name, child);
      }
      awaitRandomMoment(List.copyOf(children.values()));
      List<String> order = new ArrayList<>(children.keySet());
      Collections.shuffle(order, random);
      order.forEach(name -> printed.put(name, children.get(name).kill()));
    } finally {
      children.values().forEach(ChildJvm::close);
    }
    ExpectedEntries expected = alone ? inOwn : inShared;
    printed.forEach((name, lines) -> replay(name, lines, threads, alone, expected, tally, told));
    judge(folder, namespace, expected, tally, told);
  }

  /** Waits until one of them has printed some number of lines, and some microseconds more. */
  private void awaitRandomMoment(List<ChildJvm> children) {
    children.forEach(child -> child.awaitLines(1));
    int lines = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(MOST_LINES);
    children.get(random.nextInt(children.size())).awaitLines(lines);
    LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_WAIT_NANOS));
  }

  private static void replay(
      String name,
      List<String> lines,
      int threads,
      boolean alone,
      ExpectedEntries expected,
      AttackTally tally,
      String told) {
    for (int thread = 0; thread < threads; thread++) {
      Script script = AttackWorker.scriptOf(name, thread, alone);
      expected.add(script.keys());
      int next = 1;
      for (String line : lines) {
        String[] parts = line.split(" ", 4);
        if (parts[0].equals(Integer.toString(thread))) {
          if (Integer.parseInt(parts[1]) != next) {
            throw new AssertionError(told + ": expected step " + next + ", found " + line);
          }
          Step step = script.step(next);
          expected.begin(step);
          if (parts[2].equals(AttackWorker.ACKNOWLEDGED)) {
            expected.acknowledge(step, Set.of());
          } else {
            expected.abandon(step);
            boolean refused = parts[2].equals(AttackWorker.REFUSED);
            tally.count(refused ? Column.FAILED_CALL : Column.WRONG, 1, told + ": " + line);
          }
          next++;
        }
      }
      expected.begin(script.step(next)); // may have been under way
    }
  }

  private void judge(
      Path folder, String namespace, ExpectedEntries expected, AttackTally tally, String told) {
    try (Store store = target.open(folder, namespace, Optional.empty())) {
      Judgement judgement = expected.judge(store);
      tally.countUndamaged(judgement, told);
      expected.settle(judgement);
      List<String> damages = store.verify(false).damages();
      tally.count(Column.WRONG, damages.size(), told + ": verify reports " + damages);
      store.compact();
      tally.countUndamaged(expected.judge(store), told + ", compacted");
    } catch (ArchiveException e) {
      tally.count(Column.LOST, 1, told + ": " + e);
    }
  }

  /** Kills processes that make one new archive after the other. */
  AttackTally founders() {
    AttackTally tally = new AttackTally(target.name(), "killed founders");
    for (int round = 0; round < Math.max(1, scale.rounds() / 2); round++) {
      foundAndKill(round, tally);
    }
    return tally;
  }

  private void foundAndKill(int round, AttackTally tally) {
    String told = scale.told() + ", founding round " + round;
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < FOUNDED; i++) {
      folders.add(work.fresh());
    }
    ChildJvm child =
        ChildJvm.start(
            AttackWorker.class,
            AttackWorker.arguments("found", target, "founded", "founder", 1, false, false));
    int made;
    try {
      child.awaitLines(1);
      folders.forEach(folder -> child.send(target.location(folder).toString()));
      child.awaitLines(1 + random.nextInt(FOUNDED / 10));
      LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_WAIT_NANOS));
      made = child.kill().size() - 1;
    } finally {
      child.close();
    }
    Step step = AttackWorker.foundingStep("founder");
    for (int i = 0; i < Math.min(folders.size(), made + 2); i++) {
      tally.addCase();
      ExpectedEntries expected = new ExpectedEntries();
      expected.add(AttackWorker.scriptOf("founder", 0, false).keys());
      if (i <= made) {
        expected.begin(step);
      }
      if (i < made) {
        expected.acknowledge(step, Set.of());
      }
      judge(folders.get(i), "founded", expected, tally, told + ", archive " + i + " of " + made);
    }
    folders.forEach(WorkFolder::remove);
  }
}
