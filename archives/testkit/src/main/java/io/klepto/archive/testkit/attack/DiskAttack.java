package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import io.klepto.archive.testkit.fault.Faults;
import io.klepto.archive.testkit.fault.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A disk that fails at every single change that a store makes: it is full from there on, or full in
 * the middle of a write, or breaks once. A call may then fail, by an {@code ArchiveException}; what
 * was there before stays, also while the disk is full; once it is healed the same call succeeds.
 */
final class DiskAttack {
  private static final String NAMESPACE = "full";

  private final AttackTarget target;
  private final WorkFolder work;
  private final AttackScale scale;
  private final Random random;
  private final Optional<Durability> durability;

  /**
   * Prepares the attack.
   *
   * @param durability that of the store; {@code sync} makes more changes that can fail
   */
  DiskAttack(
      AttackTarget target, WorkFolder work, AttackScale scale, Optional<Durability> durability) {
    this.target = target;
    this.work = work;
    this.scale = scale;
    this.random = new Random(scale.seed());
    this.durability = durability;
  }

  /** Fills the disk at each change, and after some numbers of bytes. */
  AttackTally full() {
    AttackTally tally = new AttackTally(target.name(), "full disk");
    Faults untouched = run(faults -> {}, new AttackTally(target.name(), "rehearsal"), "rehearsal");
    for (int change : someOf(untouched.operations().size())) {
      run(faults -> faults.fillAt(change), tally, "disk full at change " + change);
    }
    long bytes = untouched.operations().stream().mapToLong(operation -> operation.bytes()).sum();
    for (int i = 0; i < scale.faults() / 4; i++) {
      long limit = (long) (random.nextDouble() * bytes);
      run(faults -> faults.fillAfterBytes(limit), tally, "disk full after " + limit + " bytes");
    }
    return tally;
  }

  /** Fails each change once. */
  AttackTally broken() {
    AttackTally tally = new AttackTally(target.name(), "broken disk");
    Faults untouched = run(faults -> {}, new AttackTally(target.name(), "rehearsal"), "rehearsal");
    for (int change : someOf(untouched.operations().size())) {
      run(faults -> faults.breakOnceAt(change), tally, "change " + change + " fails");
    }
    return tally;
  }

  private List<Integer> someOf(int changes) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= changes; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, random);
    return numbers.subList(0, Math.min(scale.faults(), changes));
  }

  private Faults run(Consumer<Faults> fault, AttackTally tally, String how) {
    tally.addCase();
    String told = scale.told() + ", " + how;
    Path folder = work.fresh();
    FaultyFileSystem files = failing(folder);
    fault.accept(files.faults());
    Script script = new Script("disk" + (scale.seed() & 0xFFFF), true);
    ExpectedEntries expected = new ExpectedEntries();
    expected.add(script.keys());
    try {
      try (Store store = open(files)) {
        for (int number = 1; number <= scale.steps(); number++) {
          play(script.step(number), store, files.faults(), expected, tally, told);
        }
        files.faults().heal();
      }
      try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
        tally.countUndamaged(expected.judge(store), told + ", opened again");
        tally.count(Column.WRONG, store.verify(false).damages().size(), told + ", verify");
      }
    } catch (ArchiveException e) {
      tally.count(Column.FAILED_CALL, 1, told + ": healed, " + e);
    } catch (RuntimeException | Error e) {
      tally.countBroken(told, e);
    }
    WorkFolder.remove(folder);
    return files.faults();
  }

  private Store open(FaultyFileSystem files) {
    try {
      return target.open(files.folder(), NAMESPACE, durability);
    } catch (ArchiveException e) {
      files.faults().heal();
      return target.open(files.folder(), NAMESPACE, durability);
    }
  }

  private void play(
      Step step,
      Store store,
      Faults faults,
      ExpectedEntries expected,
      AttackTally tally,
      String told) {
    try {
      expected.play(step, store);
    } catch (ArchiveException e) {
      String when = told + ", failed " + step;
      tally.countUndamaged(expected.judge(store), when);
      faults.heal();
      try {
        expected.play(step, store);
      } catch (ArchiveException again) {
        tally.count(Column.FAILED_CALL, 1, when + ", and again when healed: " + again);
      }
    }
  }

  private static FaultyFileSystem failing(Path folder) {
    try {
      return FaultyFileSystem.failing(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
