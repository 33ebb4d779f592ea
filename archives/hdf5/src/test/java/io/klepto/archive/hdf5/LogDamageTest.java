package io.klepto.archive.hdf5;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.archive.testkit.ChildJvm;
import io.klepto.keymap.KeyBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Damage in the log of an {@code hdf:} archive, whose file has older records of the same keys: a
 * repair that only took the damage out of the log would bring those back.
 */
final class LogDamageTest {
  private static final KeyBytes REPLACED = SmallArchive.key("replaced");
  private static final KeyBytes REMOVED = SmallArchive.key("removed");

  private final FileFixture fixture =
      new FileFixture(Map.of(HdfSettings.COMPACT_ON_CLOSE, "false"));
  private Map<KeyBytes, StoreRecord> others;

  @BeforeEach
  void damageReplacementAndRemoval() throws IOException {
    try (Store store = open()) {
      store.clear();
      others = new HashMap<>(SmallArchive.fill(store));
      store.put(REPLACED, SmallArchive.bytes("old"));
      store.put(REMOVED, SmallArchive.bytes("old"));
      store.compact();
      store.put(REPLACED, SmallArchive.bytes("new"));
      store.remove(REMOVED);
    }
    Path log = new HdfLayout(fixture.file(), SmallArchive.NAMESPACE).log();
    byte[] bytes = Files.readAllBytes(log);
    for (String name : new String[] {"replaced", "removed"}) {
      int last = new String(bytes, ISO_8859_1).lastIndexOf(name);
      assertTrue(last > 0, "expected " + name + " in the log");
      bytes[last] ^= 1;
    }
    Files.write(log, bytes);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Store open() {
    return fixture.open(SmallArchive.NAMESPACE);
  }

  @Test
  void damagedLog_isNamedAndHidesWhatItReplaced() {
    try (Store store = open()) {
      assertThrows(DamagedRecordException.class, () -> store.get(REPLACED));
      assertThrows(DamagedRecordException.class, () -> store.get(REMOVED));
      others.forEach((key, record) -> assertEquals(record, store.get(key)));
      VerifyReport report = store.verify(false);
      assertEquals(2, report.damages().size(), report.damages().toString());
      assertEquals(others.size(), report.records());
      assertFalse(Files.exists(fixture.file().resolveSibling("results.hdf5.damaged")));
    }
  }

  @Test
  void repair_bringsNothingBack() throws IOException {
    try (Store store = open()) {
      VerifyReport report = store.verify(true);
      assertEquals(2, report.damages().size(), report.damages().toString());
      assertEquals(others.size(), report.records());
      // Both of the log, and both of the file that those had overtaken.
      assertEquals(4, report.setAside().size(), report.setAside().toString());
      for (String place : report.setAside()) {
        assertTrue(Files.size(Path.of(place)) > 0, place);
      }
      assertNull(store.get(REPLACED));
      assertNull(store.get(REMOVED));
      assertEquals(others, SmallArchive.recordsIn(store));
      assertTrue(store.verify(false).isSound());
      store.put(REPLACED, SmallArchive.bytes("newer"));
      store.compact();
      assertEquals(SmallArchive.bytes("newer"), store.get(REPLACED).content());
    }
    try (Store store = open()) {
      assertEquals(others.size() + 1, store.size());
    }
  }

  @Test
  void repair_ofDamageInFileAndLog_bringsNothingBack() {
    KeyBytes cube = SmallArchive.key("cube");
    byte[] region = BaseBytes.of(fixture.file()).region(SmallArchive.NAMESPACE, cube);
    region[0] ^= 1;
    fixture.write(SmallArchive.NAMESPACE, cube, region);
    others.remove(cube);
    try (Store store = open()) {
      VerifyReport report = store.verify(true);
      assertEquals(3, report.damages().size(), report.damages().toString());
      assertEquals(5, report.setAside().size(), report.setAside().toString());
      assertEquals(others.size(), report.records());
      assertEquals(others, SmallArchive.recordsIn(store));
      assertTrue(store.verify(false).isSound());
    }
  }

  @Test
  void repair_ofALostClosingPartAndOfTheLog_bringsNothingBack() throws IOException {
    byte[] whole = Files.readAllBytes(fixture.file());
    Files.write(fixture.file(), Arrays.copyOf(whole, whole.length - BaseFormatV1.FOOTER_BYTES));
    try (Store store = open()) {
      store.verify(true);
      assertEquals(others, SmallArchive.recordsIn(store));
      assertTrue(store.verify(false).isSound());
    }
  }

  @Test
  void repairKilledAtEachStep_bringsNothingBack() throws IOException {
    int step = 0;
    boolean done = false;
    while (!done) {
      step++;
      assertTrue(step < CompactionCrashTest.MOST_STEPS, "expected a repair of fewer steps");
      String told = "killed at step " + step;
      try (ChildJvm child =
          ChildJvm.start(
              CompactionCrashTest.Child.class,
              fixture.file().toString(),
              Integer.toString(step),
              CompactionCrashTest.REPAIR)) {
        done = child.awaitSuccess().contains(CompactionCrashTest.DONE);
      }
      try (Store store = open()) {
        assertGoneOrRefused(store, REPLACED, told);
        assertGoneOrRefused(store, REMOVED, told);
        others.forEach((key, record) -> assertEquals(record, store.get(key), told));
        store.verify(true);
        assertEquals(others, SmallArchive.recordsIn(store), told);
        assertTrue(store.verify(false).isSound(), told);
      }
      damageReplacementAndRemoval();
    }
    assertTrue(step > 8, "expected more than 8 steps, found " + step);
  }

  private static void assertGoneOrRefused(Store store, KeyBytes key, String told) {
    try {
      assertNull(store.get(key), told);
    } catch (DamagedRecordException e) {
      assertTrue(e.getMessage().contains("log"), e.getMessage());
    }
  }

  @Test
  void compaction_keepsTheDamageOfTheLogWhereItIs() {
    try (Store store = open()) {
      store.put(SmallArchive.key("later"), SmallArchive.bytes("later"));
      store.compact();
      assertThrows(DamagedRecordException.class, () -> store.get(REPLACED));
      assertThrows(DamagedRecordException.class, () -> store.get(REMOVED));
      assertEquals(SmallArchive.bytes("later"), store.get(SmallArchive.key("later")).content());
    }
  }

  @Test
  void clear_bringsNothingBack() {
    try (Store store = open()) {
      store.clear();
      assertEquals(0, store.size());
      assertNull(store.get(REPLACED));
      assertNull(store.get(REMOVED));
      assertTrue(store.verify(false).isSound());
    }
  }
}
