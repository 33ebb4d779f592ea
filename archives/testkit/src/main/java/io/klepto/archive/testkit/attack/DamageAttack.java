package io.klepto.archive.testkit.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Bytes that are not what was written: for each {@link Mutation} of a small archive the store is
 * opened, read key by key and as a whole, verified, repaired, read again and written.
 *
 * <p>The archive holds a record that was put once, one that was replaced, one that was removed, one
 * that was touched and two of a batch, so that there is something to revive.
 */
final class DamageAttack {
  private static final String NAMESPACE = "damaged";

  private final AttackTarget target;
  private final WorkFolder work;
  private final AttackScale scale;
  private final ExpectedEntries expected = new ExpectedEntries();
  private final Path archive;

  DamageAttack(AttackTarget target, WorkFolder work, AttackScale scale) {
    this.target = target;
    this.work = work;
    this.scale = scale;
    this.archive = work.fresh();
    makeArchive();
  }

  private void makeArchive() {
    try (Store store = target.open(archive, NAMESPACE, Optional.empty())) {
      List<Step> steps =
          List.of(
              new Step.Put(key("put once"), content("put once", 1)),
              new Step.Put(key("replaced"), content("replaced", 1)),
              new Step.Put(key("removed"), content("removed", 1)),
              new Step.Put(key("touched"), content("touched", 1)),
              new Step.Put(key("replaced"), content("replaced", 2)),
              new Step.Remove(key("removed")),
              new Step.Touch(key("touched"), RecordTimes.expiringAfter(5, 6_000)),
              new Step.PutAll(
                  Map.of(
                      key("batch a"),
                      content("batch a", 1),
                      key("batch b"),
                      content("batch b", 1))));
      steps.forEach(step -> expected.play(step, store));
      Judgement before = expected.judge(store);
      if (!before.isRight() || !store.verify(false).isSound()) {
        throw new AssertionError(target + ": expected a sound archive to damage, found " + before);
      }
    }
  }

  private static KeyBytes key(String text) {
    return KeyBytes.of(text.getBytes(UTF_8));
  }

  private static RecordContent content(String key, int turn) {
    byte[] payload = (key + " in turn " + turn).getBytes(UTF_8);
    return new RecordContent(7, 3, RecordTimes.eternal(turn), payload);
  }

  /** Turns over bits of every byte, or of as many as the scale says. */
  AttackTally flips() {
    return attack("flipped bytes", new Mutations(archive, scale).flips(), true);
  }

  /**
   * Ends files early at every length, or at as many as the scale says. A file of an engine keeps
   * its first byte: one that is empty can't be told from one that the engine has just made.
   */
  AttackTally truncations() {
    int least = target.promises().losesNoDamagedRecord() ? 0 : 1;
    List<Mutation> all =
        new Mutations(archive, scale)
            .truncations().stream()
                .filter(cut -> !(cut instanceof Mutation.Truncation t) || t.length() >= least)
                .toList();
    return attack("truncated files", all, true);
  }

  /** Puts folders in the place of files, and files in the place of folders. */
  AttackTally replacements() {
    return attack("file or folder instead", new Mutations(archive, scale).replacements(), false);
  }

  /** Removes what the store says that it rebuilds; all must be there afterwards. */
  AttackTally missing() {
    AttackTally tally = new AttackTally(target.name(), "files to rebuild gone");
    SortedMap<String, byte[]> files = WorkFolder.filesIn(archive);
    for (String file : files.keySet()) {
      if (target.isRebuilt(Path.of(file))) {
        tally.addCase();
        Path folder = damaged(new Mutation.Missing(file), files);
        try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
          tally.countUndamaged(expected.judge(store), "without " + file);
        } catch (ArchiveException e) {
          tally.count(Column.LOST, 1, "without " + file + ": " + e.getMessage());
        }
        WorkFolder.remove(folder);
      }
    }
    return tally;
  }

  private AttackTally attack(String name, Iterable<Mutation> mutations, boolean repairable) {
    AttackTally tally = new AttackTally(target.name(), name);
    SortedMap<String, byte[]> files = WorkFolder.filesIn(archive);
    for (Mutation mutation : mutations) {
      tally.addCase();
      Path folder = damaged(mutation, files);
      try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
        boolean sound = isSound(store);
        Judgement judgement = judge(store, sound, tally, mutation);
        if (repairable && !(sound && judgement.isRight())) {
          repair(store, judgement, tally, mutation);
        }
      } catch (ArchiveException e) {
        tally.count(Column.NOT_OPENED, 1);
      } catch (RuntimeException | Error e) {
        tally.countBroken(mutation.toString(), e);
      }
      WorkFolder.remove(folder);
    }
    return tally;
  }

  private Path damaged(Mutation mutation, SortedMap<String, byte[]> files) {
    Path folder = work.fresh();
    WorkFolder.copy(archive, folder);
    try {
      mutation.applyTo(folder, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private Judgement judge(Store store, boolean sound, AttackTally tally, Mutation mutation) {
    Judgement judgement = expected.judge(store);
    boolean named = judgement.namesDamage() || !sound;
    String told = mutation + ": " + judgement;
    int absent = judgement.count(Verdict.ABSENT);
    tally.count(named ? Column.LOST : Column.UNDETECTED, absent, told);
    tally.count(
        Column.WRONG, judgement.count(Verdict.OTHER) + judgement.count(Verdict.BROKEN), told);
    tally.count(Column.REVIVED, judgement.count(Verdict.OLDER), told);
    if (judgement.refused() == expected.keys().size()) {
      tally.count(Column.NOT_OPENED, 1);
      return judgement;
    }
    tally.count(Column.NAMED, Math.min(1, judgement.refused()));
    if (mutation instanceof Mutation.Flip && judgement.refused() + absent > 1) {
      tally.count(Column.SPREAD, 1, told);
    }
    return judgement;
  }

  private static boolean isSound(Store store) {
    try {
      return store.verify(false).isSound();
    } catch (ArchiveException e) {
      return false;
    }
  }

  /** Repairs; what was right must stay so, what was not may go, and everything can be written. */
  private void repair(Store store, Judgement before, AttackTally tally, Mutation mutation) {
    try {
      store.verify(true);
      Judgement after = expected.judge(store);
      String told = mutation + ", repaired: " + after;
      after
          .verdicts()
          .forEach(
              (key, verdict) -> {
                if (verdict == Verdict.OLDER) {
                  tally.count(Column.REVIVED, 1, told);
                } else if (verdict == Verdict.OTHER || verdict == Verdict.BROKEN) {
                  tally.count(Column.WRONG, 1, told);
                } else if (verdict == Verdict.ABSENT
                    && before.verdicts().get(key) == Verdict.RIGHT) {
                  tally.count(Column.LOST, 1, told);
                }
              });
      if (after.namesDamage() || !isSound(store)) {
        tally.count(Column.UNREPAIRED, 1, told);
      }
      writeAll(store, tally, mutation);
    } catch (ArchiveException e) {
      tally.count(Column.UNREPAIRED, 1, mutation + ": " + e.getMessage());
    }
  }

  /** Writes every key, then reads them all: by now other writes may have moved what is damaged. */
  private void writeAll(Store store, AttackTally tally, Mutation mutation) {
    ExpectedEntries later = expected.copy();
    for (KeyBytes key : Set.copyOf(expected.keys())) {
      later.play(new Step.Put(key, content("written after the repair", 9)), store);
    }
    Judgement judgement = later.judge(store);
    String told = mutation + ", written after the repair: " + judgement;
    tally.count(Column.LOST, judgement.count(Verdict.ABSENT), told);
    tally.count(Column.REVIVED, judgement.count(Verdict.OLDER), told);
    tally.count(
        Column.WRONG, judgement.count(Verdict.OTHER) + judgement.count(Verdict.BROKEN), told);
    tally.count(Column.UNREPAIRED, judgement.refused(), told);
  }
}
