package io.klepto.archive.dir;

import static io.klepto.archive.dir.DirTestStore.content;
import static io.klepto.archive.dir.DirTestStore.key;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.ArchiveException;
import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.dir.FailingFiles.Step;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage is named by every listing, set aside on request, and never lost. */
final class DirVerificationTest extends OpenDirStore {
  private static final int RECORDS = 60;

  @BeforeEach
  void putRecords() {
    for (int i = 0; i < RECORDS; i++) {
      store.put(key(i), content("value " + i));
    }
  }

  /** What a walk to the end met: records, damaged ones, places that could not be read. */
  private record Walk(int whole, int damaged, int unreadable) {}

  private Walk walk() {
    int whole = 0;
    int damaged = 0;
    int unreadable = 0;
    try (RecordCursor cursor = store.scan()) {
      boolean more = true;
      while (more) {
        try {
          more = cursor.next() != null;
          whole += more ? 1 : 0;
        } catch (DamagedRecordException e) {
          damaged++;
        } catch (ArchiveException e) {
          unreadable++;
        }
      }
    }
    return new Walk(whole, damaged, unreadable);
  }

  @Test
  void scan_sizeAndVerify_agreeOnRandomDamage_beforeAndAfterRepair() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int damaged = 0;
    for (int i = 0; i < RECORDS; i++) {
      Path file = test.fileOf(key(i));
      byte[] bytes = Files.readAllBytes(file);
      switch (random.nextInt(5)) {
        case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        default -> damaged--;
      }
      damaged++;
      Files.write(file, bytes);
    }
    int whole = RECORDS - damaged;
    assertEquals(new Walk(whole, damaged, 0), walk(), "seed " + seed);
    assertEquals(RECORDS, store.size());
    VerifyReport report = store.verify(false);
    assertEquals(whole, report.records());
    assertEquals(damaged, report.damages().size());
    VerifyReport repaired = store.verify(true);
    assertEquals(report.damages(), repaired.damages());
    assertEquals(damaged, repaired.setAside().size());
    for (String aside : repaired.setAside()) {
      assertTrue(Files.exists(Path.of(aside)), aside);
    }
    assertEquals(new Walk(whole, 0, 0), walk());
    assertEquals(whole, store.size());
    assertEquals(new VerifyReport(whole, List.of(), List.of()), store.verify(true));
  }

  @Test
  void recordThatCantBeRead_isReported_butNotSetAside() {
    fault.fail(Step.READ, test.fileOf(key(7)));
    assertEquals(new Walk(RECORDS - 1, 0, 1), walk());
    VerifyReport report = store.verify(true);
    assertEquals(RECORDS - 1, report.records());
    assertEquals(1, report.damages().size());
    assertTrue(report.damages().get(0).contains("cannot read"), report.damages().get(0));
    assertEquals(List.of(), report.setAside());
    fault.fail(Step.NONE);
    assertEquals(RECORDS, store.verify(false).records());
  }

  @Test
  void fileInPlaceOfAFolder_isNamedByAll_andSetAsideOnRepair() throws Exception {
    Path blocked = test.fileOf(key(RECORDS)).getParent();
    for (int i = 0; i < RECORDS; i++) {
      if (test.fileOf(key(i)).startsWith(blocked)) {
        store.remove(key(i));
      }
    }
    long left = store.size();
    Files.deleteIfExists(blocked);
    Files.write(blocked, new byte[] {42});
    assertTrue(
        assertThrows(ArchiveException.class, store::size)
            .getMessage()
            .contains("expected a folder, found a file"));
    assertEquals(new Walk((int) left, 0, 1), walk());
    assertThrows(ArchiveException.class, () -> store.get(key(RECORDS)));
    assertThrows(ArchiveException.class, () -> store.put(key(RECORDS), content("blocked")));
    VerifyReport report = store.verify(false);
    assertEquals(left, report.records());
    assertEquals(1, report.damages().size());
    Path aside = Path.of(store.verify(true).setAside().get(0));
    assertArrayEquals(new byte[] {42}, Files.readAllBytes(aside));
    assertTrue(store.verify(false).isSound());
    store.put(key(RECORDS), content("free"));
    assertEquals(left + 1, store.size());
  }

  @Test
  void setAside_thatFailsMidway_leavesTheDamageWhereItIs() throws Exception {
    Files.write(test.fileOf(key(1)), new byte[] {1});
    fault.fail(Step.REPLACE);
    assertThrows(ArchiveException.class, () -> store.verify(true));
    fault.fail(Step.NONE);
    assertThrows(DamagedRecordException.class, () -> store.get(key(1)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void put_thatFailsAfterTheDamageWasSetAside_leavesItInItsPlace(boolean links) throws Exception {
    if (!links) {
      fault.takeLinksAway();
    }
    byte[] damaged = {1};
    Files.write(test.fileOf(key(1)), damaged);
    fault.failNext(Step.REPLACE, test.fileOf(key(1)));
    assertThrows(ArchiveException.class, () -> store.put(key(1), content("new")));
    assertThrows(DamagedRecordException.class, () -> store.get(key(1)));
    assertEquals(List.of(), DirTestStore.namesIn(test.layout().quarantine()));
    store.put(key(1), content("new"));
    assertEquals(content("new"), store.get(key(1)).content());
    Path aside = test.layout().quarantine().resolve(key(1).sha256Hex() + "-1");
    assertArrayEquals(damaged, Files.readAllBytes(aside));
  }
}
