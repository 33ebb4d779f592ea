package io.klepto.archive.testkit.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import io.klepto.keymap.KeyBytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A clock that was set back: records whose versions are years ahead are replaced, removed, touched
 * and compared by a store whose clock has not got there yet.
 */
final class ClockAttack {
  private static final String NAMESPACE = "clock set back";
  private static final long AHEAD = TimeUnit.DAYS.toMicros(10 * 365);
  private static final int KEYS = 6;

  private final AttackTarget target;
  private final WorkFolder work;

  ClockAttack(AttackTarget target, WorkFolder work) {
    this.target = target;
    this.work = work;
  }

  AttackTally run() {
    AttackTally tally = new AttackTally(target.name(), "clock set back");
    Path folder = work.fresh();
    ExpectedEntries expected = new ExpectedEntries();
    try (Store store = open(folder)) {
      for (int i = 0; i < KEYS; i++) {
        expected.play(new Step.Put(key(i), content(i, 1)), store);
      }
    }
    target.versionShift().orElseThrow().shift(folder, AHEAD);
    try (Store store = open(folder)) {
      tally.countUndamaged(expected.judge(store), "versions ahead");
      requireGrowingVersions(store, expected, tally);
      List<Step> steps =
          List.of(
              new Step.Remove(key(1)),
              new Step.CompareAndSet(key(2), content(2, 2)),
              new Step.Touch(key(3), RecordTimes.expiringAfter(1, 2_000_000)),
              new Step.Remove(key(4)),
              new Step.Put(key(4), content(4, 2)),
              new Step.Put(key(5), content(5, 2)),
              new Step.Remove(key(5)));
      for (Step step : steps) {
        tally.addCase();
        expected.play(step, store);
        tally.countUndamaged(expected.judge(store), "after " + step);
      }
      store.compact();
    } catch (ArchiveException e) {
      tally.count(Column.FAILED_CALL, 1, "versions ahead: " + e);
    }
    try (Store store = open(folder)) {
      tally.countUndamaged(expected.judge(store), "opened again");
      tally.count(Column.WRONG, store.verify(false).damages().size(), "verify");
    }
    return tally;
  }

  private Store open(Path folder) {
    return target.open(folder, NAMESPACE, Optional.empty());
  }

  private static void requireGrowingVersions(
      Store store, ExpectedEntries expected, AttackTally tally) {
    tally.addCase();
    StoreRecord ahead = store.get(key(0));
    expected.play(new Step.Put(key(0), content(0, 2)), store);
    StoreRecord after = store.get(key(0));
    if (ahead.version() < AHEAD || after.version() <= ahead.version()) {
      tally.count(
          Column.WRONG,
          1,
          "expected a version above "
              + ahead.version()
              + ", which is above "
              + AHEAD
              + ", found "
              + after.version());
    }
    if (store.compareAndSet(key(0), ahead.version(), content(0, 3)).isPresent()) {
      tally.count(Column.WRONG, 1, "compareAndSet took the version that was replaced");
    }
  }

  private static KeyBytes key(int number) {
    return KeyBytes.of(("key " + number).getBytes(UTF_8));
  }

  private static RecordContent content(int number, int turn) {
    byte[] payload = ("value " + number + " in turn " + turn).getBytes(UTF_8);
    return new RecordContent(7, 3, RecordTimes.eternal(turn), payload);
  }
}
