package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import io.klepto.archive.testkit.fault.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Threads of this process that are interrupted at random, some before their calls and all of them
 * within. No call of theirs or of another may fail or lose anything, and a thread that was
 * interrupted when it called is so when the call returns.
 */
final class InterruptAttack {
  private static final int THREADS = 3;
  private static final String NAMESPACE = "interrupted";

  private final AttackTarget target;
  private final WorkFolder work;
  private final AttackScale scale;

  InterruptAttack(AttackTarget target, WorkFolder work, AttackScale scale) {
    this.target = target;
    this.work = work;
    this.scale = scale;
  }

  /** Interrupts a thread right before each change that it makes to the files, one run for each. */
  AttackTally beforeEachChange() {
    AttackTally tally = new AttackTally(target.name(), "interrupted at a change");
    int changes = playInterrupted(0, new AttackTally(target.name(), "rehearsal"));
    List<Integer> numbers = new ArrayList<>();
    for (int change = 1; change <= changes; change++) {
      numbers.add(change);
    }
    Collections.shuffle(numbers, new Random(scale.seed()));
    for (int change : numbers.subList(0, Math.min(scale.faults(), changes))) {
      playInterrupted(change, tally);
    }
    return tally;
  }

  /** Plays a script, interrupted before a change, and returns how many changes there were. */
  private int playInterrupted(int change, AttackTally tally) {
    tally.addCase();
    Path folder = work.fresh();
    FaultyFileSystem files = failing(folder);
    String[] struck = {""};
    files
        .faults()
        .beforeEach(
            operation -> {
              if (operation.number() == change) {
                struck[0] = operation.kind() + " " + operation.path().getFileName();
                Thread.currentThread().interrupt();
              }
            });
    Script script = new Script("i" + (scale.seed() & 0xFFFF), true);
    ExpectedEntries expected = new ExpectedEntries();
    expected.add(script.keys());
    String told = scale.told() + ", interrupted before change " + change;
    try (Store store = target.open(files.folder(), NAMESPACE, Optional.empty())) {
      for (int number = 1; number <= scale.steps(); number++) {
        expected.play(script.step(number), store);
      }
    } catch (ArchiveException e) {
      tally.count(Column.FAILED_CALL, 1, told + ", " + struck[0] + ": " + e);
    } catch (RuntimeException | Error e) {
      tally.countBroken(told + ", " + struck[0], e);
    }
    boolean kept = Thread.interrupted() || struck[0].isEmpty();
    tally.count(Column.WRONG, kept ? 0 : 1, told + ", " + struck[0] + ": the interrupt is lost");
    try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
      tally.countUndamaged(expected.judge(store), told + ", " + struck[0]);
    }
    WorkFolder.remove(folder);
    return files.faults().operations().size();
  }

  private static FaultyFileSystem failing(Path folder) {
    try {
      return FaultyFileSystem.failing(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Interrupts several threads at random moments. */
  AttackTally run() {
    AttackTally tally = new AttackTally(target.name(), "interrupted threads");
    Path folder = work.fresh();
    List<ExpectedEntries> expected = new ArrayList<>();
    try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        ExpectedEntries own = new ExpectedEntries();
        expected.add(own);
        Script script = new Script("t" + i + "s" + (scale.seed() & 0xFFFF), false);
        threads.add(new Thread(() -> play(store, script, own, tally), script.name()));
      }
      threads.forEach(Thread::start);
      Interrupter.untilEnded(threads, new Random(scale.seed()));
      threads.forEach(OpeningAttack::join);
    }
    try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
      ExpectedEntries all = ExpectedEntries.union(expected);
      tally.countUndamaged(all.judge(store), scale.told());
      tally.count(Column.WRONG, store.verify(false).damages().size(), scale.told());
    }
    return tally;
  }

  private void play(Store store, Script script, ExpectedEntries expected, AttackTally tally) {
    Random random = new Random(scale.seed() + script.name().hashCode());
    expected.add(script.keys());
    for (int number = 1; number <= scale.steps() * 4; number++) {
      tally.addCase();
      boolean before = random.nextInt(3) == 0;
      if (before) {
        Thread.currentThread().interrupt();
      }
      Step step = script.step(number);
      String told = scale.told() + ", " + script.name() + ", step " + number + " " + step;
      try {
        expected.play(step, store);
        if (before && !Thread.currentThread().isInterrupted()) {
          tally.count(Column.WRONG, 1, told + ": the interrupt is lost");
        }
      } catch (ArchiveException e) {
        tally.count(Column.FAILED_CALL, 1, told + ": " + e);
      } catch (RuntimeException | Error e) {
        tally.countBroken(told, e);
      }
      Thread.interrupted();
    }
  }
}
