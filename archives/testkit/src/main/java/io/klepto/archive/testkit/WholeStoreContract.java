package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.StoreRecord;
import io.klepto.archive.store.VerifyReport;
import io.klepto.keymap.KeyBytes;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All records at once: scan, size, clear, sync, compact, verify. */
abstract class WholeStoreContract extends StoreContractPart {
  private static final int MANY = 200;

  @Test
  void scan_ofAnEmptyStore_endsAtOnce() {
    try (RecordCursor cursor = store.scan()) {
      assertNull(cursor.next());
      assertNull(cursor.next());
    }
  }

  @Test
  void scan_showsEachRecordOnce() {
    Set<StoreRecord> expected = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      store.put(key("key " + i), content("value " + i));
      expected.add(store.get(key("key " + i)));
    }
    assertEquals(MANY, allOf(store).size());
    assertEquals(expected, new HashSet<>(allOf(store)));
  }

  @Test
  void scan_whileRecordsAreReplacedAndAdded_showsThoseThatStayOnce() {
    for (int i = 0; i < MANY; i++) {
      store.put(key("stays " + i), content("old"));
    }
    Set<KeyBytes> seen = new HashSet<>();
    int step = 0;
    try (RecordCursor cursor = store.scan()) {
      for (StoreRecord next = cursor.next(); next != null; next = cursor.next()) {
        assertTrue(seen.add(next.key()), "seen twice: " + next);
        store.put(key("stays " + step % MANY), content("new"));
        store.put(key("added " + step), content("new"));
        store.remove(key("added " + (step - 3)));
        step++;
      }
    }
    for (int i = 0; i < MANY; i++) {
      assertTrue(seen.contains(key("stays " + i)), "not seen: number " + i);
    }
  }

  @Test
  void cursor_closedMidway_harmsNobody() {
    store.put(key("a"), content("one"));
    store.put(key("b"), content("two"));
    RecordCursor cursor = store.scan();
    cursor.next();
    cursor.close();
    cursor.close();
    assertEquals(2, allOf(store).size());
  }

  @Test
  void clear_removesEverythingAndLeavesTheStoreUsable() {
    for (int i = 0; i < MANY; i++) {
      store.put(key("key " + i), content("value " + i));
    }
    store.clear();
    assertEquals(0, store.size());
    assertFalse(store.contains(key("key 0")));
    assertEquals(0, allOf(store).size());
    store.put(key("key 0"), content("again"));
    assertHolds(key("key 0"), content("again"));
  }

  @Test
  void syncAndCompact_changeNothing() {
    for (int i = 0; i < MANY; i++) {
      store.put(key("key " + i), content("old"));
      store.put(key("key " + i), content("value " + i));
    }
    for (int i = 0; i < MANY; i += 2) {
      store.remove(key("key " + i));
    }
    store.sync();
    store.compact();
    assertEquals(MANY / 2, store.size());
    for (int i = 1; i < MANY; i += 2) {
      assertHolds(key("key " + i), content("value " + i));
    }
  }

  @Test
  void verify_ofWholeRecords_findsThemSound() {
    store.put(key("a"), content("one"));
    store.put(key("b"), content(""));
    for (boolean repair : new boolean[] {false, true}) {
      VerifyReport report = store.verify(repair);
      assertEquals(2, report.records());
      assertTrue(report.isSound(), () -> report.damages().toString());
      assertTrue(report.setAside().isEmpty());
    }
    assertEquals(2, store.size());
  }
}
