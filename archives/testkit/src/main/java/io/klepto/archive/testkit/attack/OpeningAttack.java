package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.ChildJvm;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** New archives that two processes, or several threads, open at the same instant. */
final class OpeningAttack {
  private static final int PROCESSES = 2;
  private static final int THREADS = 4;
  private static final String NAMESPACE = "new";

  private final AttackTarget target;
  private final WorkFolder work;
  private final AttackScale scale;

  OpeningAttack(AttackTarget target, WorkFolder work, AttackScale scale) {
    this.target = target;
    this.work = work;
    this.scale = scale;
  }

  /** Lets two processes make the same archive, one archive after the other. */
  AttackTally byProcesses() {
    AttackTally tally = new AttackTally(target.name(), "opened by 2 processes");
    Map<String, ChildJvm> children = new LinkedHashMap<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        String name = "opener" + i;
        String[] arguments =
            AttackWorker.arguments("found", target, NAMESPACE, name, 1, false, false);
        children.put(name, ChildJvm.start(AttackWorker.class, arguments));
      }
      children.values().forEach(child -> child.awaitLines(1));
      for (int opening = 0; opening < scale.openings(); opening++) {
        int lines = 2 + opening;
        Path folder = work.fresh();
        String location = target.location(folder).toString();
        children.values().forEach(child -> child.send(location));
        children.values().forEach(child -> child.awaitLines(lines));
        judge(folder, List.copyOf(children.keySet()), tally);
      }
    } finally {
      children.values().forEach(ChildJvm::close);
    }
    return tally;
  }

  /** Lets threads make the same archive, each by a store of its own. */
  AttackTally byThreads() {
    AttackTally tally = new AttackTally(target.name(), "opened by 4 threads");
    for (int opening = 0; opening < scale.openings(); opening++) {
      Path folder = work.fresh();
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Thread> threads = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String name = "opener" + i;
        names.add(name);
        threads.add(new Thread(() -> open(folder, name, start, tally), name));
      }
      threads.forEach(Thread::start);
      threads.forEach(OpeningAttack::join);
      judge(folder, names, tally);
    }
    return tally;
  }

  private void open(Path folder, String name, CyclicBarrier start, AttackTally tally) {
    try {
      start.await();
      try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
        Set<?> failed = AttackWorker.foundingStep(name).callOn(store);
        tally.count(Column.FAILED_CALL, failed.size(), name + ": " + failed);
      }
    } catch (RuntimeException | Error | InterruptedException | BrokenBarrierException e) {
      tally.countBroken(folder + ", " + name, e);
    }
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + thread.getName(), e);
    }
  }

  private void judge(Path folder, List<String> names, AttackTally tally) {
    tally.addCase();
    ExpectedEntries expected = new ExpectedEntries();
    for (String name : names) {
      Step step = AttackWorker.foundingStep(name);
      expected.begin(step);
      expected.acknowledge(step, Set.of());
    }
    try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
      tally.countUndamaged(expected.judge(store), "opened at once by " + names);
    } catch (ArchiveException e) {
      tally.count(Column.LOST, 1, "opened at once by " + names + ": " + e);
    }
    WorkFolder.remove(folder);
  }
}
