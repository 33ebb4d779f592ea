package io.klepto.archive.testkit.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import io.klepto.archive.testkit.fault.DiskImage;
import io.klepto.archive.testkit.fault.FaultyFileSystem;
import io.klepto.archive.testkit.fault.Loss;
import io.klepto.archive.testkit.fault.Operation;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Crashes after every single change that a store makes to its files: what each would leave is
 * written into a folder of its own and opened there.
 *
 * <p>A process that ends keeps what it had written, a loss of power only what was forced, and of
 * the rest any part. After the first, and with durability {@code sync} after the second too, all
 * that was acknowledged is there, and no other. With durability {@code os} a loss of power may cost
 * entries and bring back older ones, but never makes a value that nobody wrote.
 */
final class CrashAttack {
  private static final String NAMESPACE = "crashed";
  private static final int DRAWS = 3;
  private static final KeyBytes NEW_KEY = KeyBytes.of("written afterwards".getBytes(UTF_8));

  private final AttackTarget target;
  private final WorkFolder work;
  private final AttackScale scale;
  private final Random random;

  CrashAttack(AttackTarget target, WorkFolder work, AttackScale scale) {
    this.target = target;
    this.work = work;
    this.scale = scale;
    this.random = new Random(scale.seed());
  }

  /**
   * What a crash left, and what must be in it.
   *
   * @param image the files
   * @param expected what was acknowledged by then, and what was under way
   * @param after the last change before the crash
   * @param loss what the crash took
   */
  private record Crash(DiskImage image, ExpectedEntries expected, Operation after, Loss loss) {}

  /** Lets the process end after each change. */
  AttackTally ofProcess() {
    return attack("process ends", Optional.empty(), Loss::isOfProcess, true);
  }

  /** Lets the power fail after each change of a store with durability {@code sync}. */
  AttackTally ofPowerWithSync() {
    return attack(
        "power fails, sync", Optional.of(Durability.SYNC), loss -> !loss.isOfProcess(), true);
  }

  /** Lets the power fail after each change of a store with durability {@code os}. */
  AttackTally ofPowerWithoutSync() {
    return attack(
        "power fails, os", Optional.of(Durability.OS), loss -> !loss.isOfProcess(), false);
  }

  /** Chooses among the ways to crash. */
  private interface Choice {
    boolean includes(Loss loss);
  }

  private AttackTally attack(
      String name, Optional<Durability> durability, Choice losses, boolean keepsAll) {
    AttackTally tally = new AttackTally(target.name(), name);
    List<Crash> crashes = crashes(durability, losses);
    Collections.shuffle(crashes, random);
    for (Crash crash : crashes.subList(0, Math.min(scale.images(), crashes.size()))) {
      tally.addCase();
      Path folder = work.fresh();
      try {
        crash.image().writeTo(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      judge(crash, folder, keepsAll, tally);
      WorkFolder.remove(folder);
    }
    return tally;
  }

  /** Plays a script from the first opening on, and crashes in all ways after each change. */
  private List<Crash> crashes(Optional<Durability> durability, Choice losses) {
    List<Crash> crashes = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    Script script = new Script("crash" + (scale.seed() & 0xFFFF), true);
    ExpectedEntries expected = new ExpectedEntries();
    expected.add(script.keys());
    int[] step = {0};
    FaultyFileSystem files = crashing(work.fresh());
    files
        .faults()
        .afterEach(
            operation -> {
              for (Loss loss : Loss.values()) {
                for (int draw = 0; draw < DRAWS && losses.includes(loss); draw++) {
                  DiskImage image = files.crash(loss, random);
                  if (seen.add(List.of(step[0], image))) {
                    crashes.add(new Crash(image, expected.copy(), operation, loss));
                  }
                }
              }
            });
    try (Store store = target.open(files.folder(), NAMESPACE, durability)) {
      for (int number = 1; number <= scale.steps(); number++) {
        step[0]++; // under way
        expected.play(script.step(number), store);
        step[0]++; // acknowledged
      }
    }
    return crashes;
  }

  private static FaultyFileSystem crashing(Path folder) {
    try {
      return FaultyFileSystem.crashing(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void judge(Crash crash, Path folder, boolean keepsAll, AttackTally tally) {
    String told =
        "%s, crash after change %d (%s %s), loss %s"
            .formatted(
                scale.told(),
                crash.after().number(),
                crash.after().kind(),
                crash.after().path().getFileName(),
                crash.loss());
    try (Store store = target.open(folder, NAMESPACE, Optional.empty())) {
      Judgement judgement = crash.expected().judge(store);
      if (keepsAll) {
        tally.countUndamaged(judgement, told);
      } else {
        int wrong = judgement.count(Verdict.OTHER) + judgement.count(Verdict.BROKEN);
        tally.count(Column.WRONG, wrong, told + ": " + judgement);
      }
      requireWritable(store, tally, told);
    } catch (ArchiveException e) {
      tally.count(keepsAll ? Column.LOST : Column.NOT_OPENED, 1, told + ": " + e);
    } catch (RuntimeException | Error e) {
      tally.countBroken(told, e);
    }
  }

  private static void requireWritable(Store store, AttackTally tally, String told) {
    RecordContent content = new RecordContent(1, 1, RecordTimes.eternal(1), new byte[] {1});
    store.put(NEW_KEY, content);
    if (!store.get(NEW_KEY).content().equals(content)) {
      tally.count(Column.WRONG, 1, told + ": what was written afterwards is not there");
    }
  }
}
