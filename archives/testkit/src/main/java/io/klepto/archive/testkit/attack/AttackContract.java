package io.klepto.archive.testkit.attack;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.store.Capability;
import io.klepto.archive.store.Durability;
import io.klepto.archive.store.Store;
import io.klepto.archive.testkit.attack.AttackTally.Column;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Every attack on a store, as tests. A back-end extends this class and supplies the target:
 *
 * <pre>{@code
 * final class MyAttackTest extends AttackContract {
 *   protected AttackTarget target() {
 *     return new MyTarget();
 *   }
 * }
 * }</pre>
 *
 * <p>In the end a table is printed, a line for each attack: cases; lost, wrong, undetected and
 * revived records, which must be 0 as far as {@link AttackPromises} go; and beside them what is no
 * defect, such as damage that was named. What a target has no way for is skipped, visibly.
 *
 * <p>The tests tagged {@code soak} are the same at length: the system property {@code
 * klepto.attack.rounds} says how long, 100 if unset. {@code klepto.attack.seed} repeats a run, as
 * far as processes and threads allow; without it the short ones draw the same each time, the long
 * ones anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.MINUTES)
public abstract class AttackContract {
  private static final Column[] ALWAYS_NONE = {
    Column.LOST, Column.WRONG, Column.UNDETECTED, Column.REVIVED
  };

  private final AttackTable table = new AttackTable();
  private WorkFolder work;
  private AttackTarget target;

  /** Creates the suite; a back-end's test class extends it. */
  protected AttackContract() {}

  /** Returns what is attacked; called before each test. */
  protected abstract AttackTarget target();

  @BeforeEach
  final void makeWorkFolder() {
    work = new WorkFolder();
    target = target();
  }

  @AfterEach
  final void removeWorkFolder() {
    work.close();
  }

  /** Prints the table, which is a result and not a message. */
  @AfterAll
  @SuppressWarnings("SystemOut")
  final void printTable() {
    table.lines().forEach(System.out::println);
  }

  @Test
  final void killedWriters_leaveWhatTheyAcknowledgedAndNoOther() {
    killWriters(AttackScale.small(target));
  }

  @Test
  @Tag("soak")
  final void killedWriters_inManyRounds_leaveWhatTheyAcknowledgedAndNoOther() {
    killWriters(AttackScale.soak());
  }

  private void killWriters(AttackScale scale) {
    requirePersistent();
    AttackTally tally = new KillAttack(target, work, scale).writers();
    require(tally, ALWAYS_NONE);
    if (target.promises().refusesNoInterruptedCall()) {
      tally.requireNone(Column.FAILED_CALL);
    }
  }

  @Test
  final void killedFounders_leaveArchivesThatOpen() {
    requirePersistent();
    require(new KillAttack(target, work, AttackScale.small(target)).founders(), ALWAYS_NONE);
  }

  @Test
  @Tag("soak")
  final void killedFounders_inManyRounds_leaveArchivesThatOpen() {
    requirePersistent();
    require(new KillAttack(target, work, AttackScale.soak()).founders(), ALWAYS_NONE);
  }

  @Test
  final void newArchive_openedByTwoProcessesAtOnce_holdsTheEntriesOfBoth() {
    requireManyProcesses();
    AttackScale scale = AttackScale.small(target);
    require(new OpeningAttack(target, work, scale).byProcesses(), ALWAYS_NONE);
  }

  @Test
  @Tag("soak")
  final void newArchives_openedByTwoProcessesAtOnce_holdTheEntriesOfBoth() {
    requireManyProcesses();
    require(new OpeningAttack(target, work, AttackScale.soak()).byProcesses(), ALWAYS_NONE);
  }

  @Test
  final void newArchive_openedByThreadsAtOnce_holdsTheEntriesOfAll() {
    requirePersistent();
    AttackScale scale = AttackScale.small(target);
    require(new OpeningAttack(target, work, scale).byThreads(), ALWAYS_NONE);
  }

  @Test
  final void interruptedThreads_loseNothingAndFailNoCall() {
    interrupt(AttackScale.small(target));
  }

  @Test
  @Tag("soak")
  final void interruptedThreads_atLength_loseNothingAndFailNoCall() {
    interrupt(AttackScale.soak());
  }

  private void interrupt(AttackScale scale) {
    requirePersistent();
    AttackTally tally = new InterruptAttack(target, work, scale).run();
    require(tally, ALWAYS_NONE);
    if (target.promises().refusesNoInterruptedCall()) {
      tally.requireNone(Column.FAILED_CALL);
    }
  }

  @Test
  final void threadInterruptedBeforeAnyChange_losesNothingAndFailsNoCall() {
    requireAnyPath();
    AttackScale scale = AttackScale.small(target);
    AttackTally tally = new InterruptAttack(target, work, scale).beforeEachChange();
    require(tally, ALWAYS_NONE);
    if (target.promises().refusesNoInterruptedCall()) {
      tally.requireNone(Column.FAILED_CALL);
    }
  }

  @Test
  final void flippedBytes_areNamedAndNeverReturned() {
    requireFiles();
    damage(new DamageAttack(target, work, AttackScale.small(target)).flips());
  }

  @Test
  @Tag("soak")
  final void flippedBytes_allOfThem_areNamedAndNeverReturned() {
    requireFiles();
    damage(new DamageAttack(target, work, AttackScale.soak()).flips());
  }

  @Test
  final void truncatedFiles_areNamedAndNeverReturned() {
    requireFiles();
    damage(new DamageAttack(target, work, AttackScale.small(target)).truncations());
  }

  @Test
  @Tag("soak")
  final void truncatedFiles_atEveryLength_areNamedAndNeverReturned() {
    requireFiles();
    damage(new DamageAttack(target, work, AttackScale.soak()).truncations());
  }

  @Test
  final void filesAndFoldersInEachOthersPlace_areNamed() {
    requireFiles();
    AttackTally tally = new DamageAttack(target, work, AttackScale.small(target)).replacements();
    require(tally, promisedOfDamage());
  }

  @Test
  final void filesThatCanBeRebuilt_areRebuilt() {
    requireFiles();
    AttackTally tally = new DamageAttack(target, work, AttackScale.small(target)).missing();
    Assumptions.assumeTrue(tally.cases() > 0, "the store rebuilds no file");
    require(tally, ALWAYS_NONE);
  }

  private void damage(AttackTally tally) {
    require(tally, promisedOfDamage());
    AttackPromises promises = target.promises();
    if (promises.isolatesDamage()) {
      tally.requireNone(Column.SPREAD);
    }
    if (promises.repairs()) {
      tally.requireNone(Column.UNREPAIRED);
    }
  }

  private Column[] promisedOfDamage() {
    AttackPromises promises = target.promises();
    List<Column> columns = new ArrayList<>(List.of(Column.WRONG));
    if (promises.losesNoDamagedRecord()) {
      columns.add(Column.LOST);
    }
    if (promises.seesAllDamage()) {
      columns.add(Column.UNDETECTED);
    }
    if (promises.revivesNothing()) {
      columns.add(Column.REVIVED);
    }
    return columns.toArray(Column[]::new);
  }

  @Test
  final void processThatEndsAfterAnyChange_leavesWhatItAcknowledged() {
    requireAnyPath();
    require(new CrashAttack(target, work, AttackScale.small(target)).ofProcess(), ALWAYS_NONE);
  }

  @Test
  final void powerThatFailsAfterAnyChange_withSync_costsNothingAcknowledged() {
    requireAnyPath();
    requireSync();
    AttackScale scale = AttackScale.small(target);
    require(new CrashAttack(target, work, scale).ofPowerWithSync(), ALWAYS_NONE);
  }

  @Test
  @Tag("soak")
  final void powerThatFailsAfterAnyChange_ofManySteps_withSync_costsNothingAcknowledged() {
    requireAnyPath();
    requireSync();
    require(new CrashAttack(target, work, AttackScale.soak()).ofPowerWithSync(), ALWAYS_NONE);
  }

  @Test
  final void powerThatFailsAfterAnyChange_withoutSync_makesNoValueUp() {
    requireAnyPath();
    AttackScale scale = AttackScale.small(target);
    require(new CrashAttack(target, work, scale).ofPowerWithoutSync(), Column.WRONG);
  }

  @Test
  final void diskFullAtAnyChange_costsNothing_andTheNextCallWorks() {
    requireAnyPath();
    AttackTally tally = disk(AttackScale.small(target)).full();
    require(tally, ALWAYS_NONE);
    tally.requireNone(Column.FAILED_CALL);
  }

  @Test
  @Tag("soak")
  final void diskFullAtAnyChange_ofManySteps_costsNothing_andTheNextCallWorks() {
    requireAnyPath();
    AttackTally tally = disk(AttackScale.soak()).full();
    require(tally, ALWAYS_NONE);
    tally.requireNone(Column.FAILED_CALL);
  }

  @Test
  final void diskThatBreaksOnce_costsNothing_andTheNextCallWorks() {
    requireAnyPath();
    AttackTally tally = disk(AttackScale.small(target)).broken();
    require(tally, ALWAYS_NONE);
    tally.requireNone(Column.FAILED_CALL);
  }

  private DiskAttack disk(AttackScale scale) {
    Optional<Durability> durability =
        offersSync() ? Optional.of(Durability.SYNC) : Optional.empty();
    return new DiskAttack(target, work, scale, durability);
  }

  @Test
  final void fileSystemThatRefuses_isNamed_andCostsNothing() {
    requireAnyPath();
    AttackTally tally = new AccessAttack(target, work, AttackScale.small(target)).byFileSystem();
    require(tally, ALWAYS_NONE);
    tally.requireNone(Column.FAILED_CALL);
  }

  @Test
  final void missingPermission_isNamed_andCostsNothing() {
    requireFiles();
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "the file system has no POSIX permissions");
    Assumptions.assumeFalse(
        "root".equals(System.getProperty("user.name")), "the superuser needs no permission");
    AttackTally tally = new AccessAttack(target, work, AttackScale.small(target)).byPermissions();
    require(tally, ALWAYS_NONE);
    tally.requireNone(Column.FAILED_CALL);
  }

  @Test
  final void clockSetBack_hidesNothingThatIsWritten() {
    Assumptions.assumeTrue(
        target.versionShift().isPresent(), "the target has no way to versions ahead of the clock");
    AttackTally tally = new ClockAttack(target, work).run();
    require(tally, ALWAYS_NONE);
    tally.requireNone(Column.FAILED_CALL);
  }

  private void require(AttackTally tally, Column... columns) {
    table.add(tally);
    tally.requireNone(columns);
  }

  private void requirePersistent() {
    Assumptions.assumeTrue(
        capable(Capability.PERSISTENT), "the store keeps nothing when it is closed");
  }

  private void requireFiles() {
    requirePersistent();
    Assumptions.assumeTrue(target.hasFiles(), "the container lies in a server's files");
  }

  private void requireManyProcesses() {
    requirePersistent();
    Assumptions.assumeTrue(
        capable(Capability.MANY_PROCESSES), "the store is for one process at a time");
  }

  private boolean capable(Capability capability) {
    try (Store store = target.open(work.fresh(), "probe", Optional.empty())) {
      return store.capabilities().contains(capability);
    }
  }

  private void requireAnyPath() {
    requirePersistent();
    Assumptions.assumeTrue(
        target.openingByPath().isPresent(), "the store opens no file system but the default one");
  }

  private void requireSync() {
    Assumptions.assumeTrue(offersSync(), "the store refuses durability sync");
  }

  private boolean offersSync() {
    try (Store store = target.open(work.fresh(), "probe", Optional.of(Durability.SYNC))) {
      return store.durability() == Durability.SYNC;
    } catch (ArchiveException e) {
      return false;
    }
  }
}
