package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.DamagedRecordException;
import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that are not what was written: never returned, never absent, set aside when asked. */
abstract class DamageContract extends StoreContractPart {
  private RawRecords raw;
  private long version;
  private byte[] whole;

  @BeforeEach
  void writeTwoRecords() {
    Assumptions.assumeTrue(
        fixture.rawRecords().isPresent(), "the fixture has no way to the raw records");
    raw = fixture.rawRecords().orElseThrow();
    store.put(key("sound"), content("neighbour"));
    version = store.put(key("a"), content("payload"));
    whole = raw.read(NAMESPACE, key("a"));
  }

  @Test
  void eachFlippedByte_isThrownAsDamage() {
    for (int i = 0; i < whole.length; i++) {
      for (int mask : new int[] {1 << i % Byte.SIZE, 0xFF}) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) mask;
        raw.write(NAMESPACE, key("a"), flipped);
        assertDamaged("byte " + i + " flipped by " + mask);
      }
    }
    raw.write(NAMESPACE, key("a"), whole);
    assertHolds(key("a"), content("payload"));
  }

  @Test
  void eachTruncation_isThrownAsDamage() {
    Assumptions.assumeTrue(raw.canTruncate(), "the back-end keeps the length of a record itself");
    for (int length = 0; length < whole.length; length++) {
      raw.write(NAMESPACE, key("a"), Arrays.copyOf(whole, length));
      assertDamaged("cut to " + length + " bytes");
    }
  }

  @Test
  void trailingBytes_areThrownAsDamage() {
    Assumptions.assumeTrue(raw.canTruncate(), "the back-end keeps the length of a record itself");
    raw.write(NAMESPACE, key("a"), Arrays.copyOf(whole, whole.length + 1));
    assertDamaged("one byte more");
  }

  @Test
  void recordOfAnotherKey_isThrownAsDamage() {
    raw.write(NAMESPACE, key("a"), raw.read(NAMESPACE, key("sound")));
    assertDamaged("bytes of another key");
  }

  private void assertDamaged(String how) {
    DamagedRecordException damage =
        assertThrows(DamagedRecordException.class, () -> store.get(key("a")), how);
    assertTrue(damage.getMessage().contains(store.name()), damage.getMessage());
    assertTrue(damage.getMessage().contains("expected"), damage.getMessage());
    assertTrue(damage.getMessage().contains("found"), damage.getMessage());
    assertThrows(DamagedRecordException.class, () -> store.contains(key("a")), how);
  }

  private void damage() {
    byte[] flipped = whole.clone();
    flipped[whole.length - 1] ^= 1;
    raw.write(NAMESPACE, key("a"), flipped);
  }

  @Test
  void scan_throwsForTheDamagedRecordAndGoesOn() {
    damage();
    int thrown = 0;
    int returned = 0;
    try (RecordCursor cursor = store.scan()) {
      boolean more = true;
      while (more) {
        try {
          StoreRecord next = cursor.next();
          more = next != null;
          if (more) {
            assertEquals(key("sound"), next.key());
            returned++;
          }
        } catch (DamagedRecordException e) {
          thrown++;
        }
      }
    }
    assertEquals(1, thrown);
    assertEquals(1, returned);
    assertEquals(2, store.size());
  }

  @Test
  void getAll_failsForTheDamagedKeyAlone() {
    damage();
    BulkOutcome<StoreRecord> outcome = store.getAll(List.of(key("a"), key("sound"), key("none")));
    assertEquals(Set.of(key("sound")), outcome.done().keySet());
    assertEquals(Set.of(key("a")), outcome.failed().keySet());
    assertTrue(outcome.failed().get(key("a")) instanceof DamagedRecordException);
  }

  @Test
  void conditionalCalls_refuseToJudgeADamagedRecord() {
    requireCompareAndSet();
    damage();
    assertThrows(
        DamagedRecordException.class,
        () -> store.compareAndSet(key("a"), Store.ABSENT, content("new")));
    assertThrows(
        DamagedRecordException.class, () -> store.compareAndSet(key("a"), version, content("new")));
    assertThrows(DamagedRecordException.class, () -> store.compareAndRemove(key("a"), version));
    assertThrows(DamagedRecordException.class, () -> store.touch(key("a"), version, ETERNAL));
    raw.write(NAMESPACE, key("a"), whole);
    assertHolds(key("a"), content("payload"));
  }

  @Test
  void put_overADamagedRecord_writesAndMakesTheStoreSound() {
    damage();
    assertTrue(store.put(key("a"), content("new")) > version);
    assertHolds(key("a"), content("new"));
    assertTrue(store.verify(false).isSound());
  }

  @Test
  void putAll_overADamagedRecord_writes() {
    damage();
    store.putAll(Map.of(key("a"), content("new"), key("b"), content("two"))).orThrow();
    assertHolds(key("a"), content("new"));
    assertTrue(store.verify(false).isSound());
  }

  @Test
  void remove_ofADamagedRecord_tellsThatThereWasOne() {
    damage();
    assertTrue(store.remove(key("a")));
    assertNull(store.get(key("a")));
    assertTrue(store.verify(false).isSound());
  }

  @Test
  void clear_removesDamagedRecordsToo() {
    damage();
    store.clear();
    assertEquals(0, store.size());
    assertTrue(store.verify(false).isSound());
  }

  @Test
  void verify_withoutRepair_reportsAndLeavesTheRecord() {
    damage();
    VerifyReport report = store.verify(false);
    assertFalse(report.isSound());
    assertEquals(1, report.records());
    assertEquals(1, report.damages().size());
    assertEquals(List.of(), report.setAside());
    assertDamaged("after verify without repair");
  }

  @Test
  void verify_withRepair_setsTheRecordAside() {
    damage();
    VerifyReport report = store.verify(true);
    assertEquals(1, report.damages().size());
    assertEquals(1, report.setAside().size());
    assertNull(store.get(key("a")));
    assertHolds(key("sound"), content("neighbour"));
    assertTrue(store.verify(false).isSound());
    assertEquals(1, store.size());
  }
}
