package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import io.klepto.archive.testkit.fault.Faults;
import io.klepto.archive.testkit.fault.FaultyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files that can't be written, or not even read: before the archive is opened, and while it is
 * open. Calls fail by an {@code ArchiveException} that gives the reason, or do what they say;
 * nothing reads as absent; afterwards everything is there.
 */
final class AccessAttack {
  private static final String NAMESPACE = "guarded";
  private static final int STEPS_BEFORE = 12;
  private static final int STEPS_MEANWHILE = 12;

  private final AttackTarget target;
  private final WorkFolder work;
  private final AttackScale scale;

  AccessAttack(AttackTarget target, WorkFolder work, AttackScale scale) {
    this.target = target;
    this.work = work;
    this.scale = scale;
  }

  /** Lets the file system itself refuse. */
  AttackTally byFileSystem() {
    AttackTally tally = new AttackTally(target.name(), "no access");
    for (boolean open : new boolean[] {true, false}) {
      run(Faults::makeReadOnly, open, tally, "read-only file system");
      run(Faults::denyAccess, open, tally, "access denied");
    }
    return tally;
  }

  private void run(Consumer<Faults> fault, boolean open, AttackTally tally, String how) {
    Path folder = work.fresh();
    FaultyFileSystem files = failing(folder);
    guard(
        files.folder(),
        open,
        () -> fault.accept(files.faults()),
        () -> files.faults().heal(),
        tally,
        how + (open ? ", while open" : ", before it is opened"));
  }

  private static FaultyFileSystem failing(Path folder) {
    try {
      return FaultyFileSystem.failing(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes permissions away from the folders and files themselves. Of no effect on the superuser,
   * who must not call this.
   */
  AttackTally byPermissions() {
    AttackTally tally = new AttackTally(target.name(), "no permission");
    for (String permissions : List.of("r-xr-xr-x", "---------")) {
      for (boolean open : new boolean[] {true, false}) {
        Path folder = work.fresh();
        guard(
            folder,
            open,
            () -> permit(folder, PosixFilePermissions.fromString(permissions)),
            () -> permit(folder, PosixFilePermissions.fromString("rwxrwxrwx")),
            tally,
            permissions + (open ? ", while open" : ", before it is opened"));
      }
    }
    return tally;
  }

  /** Sets permissions of what is in a folder, parents first if they may be listed then. */
  private static void permit(Path folder, Set<PosixFilePermission> permissions) {
    try {
      if (permissions.contains(PosixFilePermission.OWNER_WRITE)) {
        Files.setPosixFilePermissions(folder, permissions);
      }
      if (Files.isDirectory(folder)) {
        try (Stream<Path> children = Files.list(folder)) {
          children.forEach(child -> permit(child, permissions));
        }
      }
      Files.setPosixFilePermissions(folder, permissions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void guard(
      Path folder,
      boolean whileOpen,
      Runnable close,
      Runnable heal,
      AttackTally tally,
      String how) {
    tally.addCase();
    Script script = new Script("guard" + (scale.seed() & 0xFFFF), false);
    String told = scale.told() + ", " + how;
    ExpectedEntries expected = new ExpectedEntries();
    expected.add(script.keys());
    try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
      for (int number = 1; number <= STEPS_BEFORE; number++) {
        expected.play(script.step(number), store);
      }
      if (whileOpen) {
        close.run();
        playGuarded(store, script, expected, tally, told);
        heal.run();
        tally.countUndamaged(expected.judge(store), told + ", healed");
      }
    }
    if (!whileOpen) {
      close.run();
      try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
        playGuarded(store, script, expected, tally, told);
      } catch (ArchiveException e) {
        tally.count(Column.NOT_OPENED, 1);
      } catch (RuntimeException | Error e) {
        tally.countBroken(told, e);
      }
      heal.run();
    }
    try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
      tally.countUndamaged(expected.judge(store), told + ", opened again");
      expected.play(script.step(1), store);
    } catch (ArchiveException e) {
      tally.count(Column.FAILED_CALL, 1, told + ", opened again: " + e);
    }
  }

  private static void playGuarded(
      Store store, Script script, ExpectedEntries expected, AttackTally tally, String told) {
    judgeGuarded(store, expected, tally, told);
    for (int i = 1; i <= STEPS_MEANWHILE; i++) {
      Step step = script.step(STEPS_BEFORE + i);
      try {
        expected.play(step, store);
      } catch (ArchiveException e) {
        tally.count(Column.NAMED, 1);
      } catch (RuntimeException | Error e) {
        tally.countBroken(told + ", " + step, e);
      }
    }
    judgeGuarded(store, expected, tally, told);
  }

  /** Counts what is told wrongly; that it can't be told is what is to be expected. */
  private static void judgeGuarded(
      Store store, ExpectedEntries expected, AttackTally tally, String told) {
    Judgement judgement = expected.judge(store);
    String meanwhile = told + ", meanwhile: " + judgement;
    tally.count(Column.LOST, judgement.count(Verdict.ABSENT), meanwhile);
    tally.count(Column.REVIVED, judgement.count(Verdict.OLDER), meanwhile);
    tally.count(
        Column.WRONG, judgement.count(Verdict.OTHER) + judgement.count(Verdict.BROKEN), meanwhile);
  }
}
