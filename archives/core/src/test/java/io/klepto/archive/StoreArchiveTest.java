package io.klepto.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class StoreArchiveTest {
  private final BreakableStore store = new BreakableStore();
  private long nowMillis = 1_000;
  private final Archive<Object, Object> archive =
      Archives.over(
          store,
          ArchiveConfiguration.builder(Object.class, Object.class)
              .clock(() -> Instant.ofEpochMilli(nowMillis))
              .build());

  private void putExpired(Object key) {
    archive.put(key, "expired", RecordTimes.expiringAfter(0, nowMillis));
  }

  @Test
  void expiredRecord_staysWhenItIsOnlyRead() {
    putExpired("k");
    assertNull(archive.get("k"));
    assertFalse(archive.contains("k"));
    assertEquals(0, archive.size());
    assertEquals(Set.of(), archive.keys());
    assertEquals(Map.of(), archive.getAll(Set.of("k")));
    assertTrue(archive.compareAndSet("k", 99, "v", RecordTimes.eternal(1)).isEmpty());
    assertNotNull(store.record("k"));
  }

  @Test
  void expiredRecord_goesWhenItsKeyIsRemoved() {
    putExpired("k");
    assertFalse(archive.remove("k"));
    assertNull(store.record("k"));
    putExpired("k");
    assertFalse(archive.compareAndRemove("k", store.record("k").version()));
    assertNull(store.record("k"));
  }

  @Test
  void compareAndSetOfAbsence_overAnExpiredRecord_replacesItsVersion() {
    putExpired("k");
    long expired = store.record("k").version();
    long version =
        archive.compareAndSet("k", Store.ABSENT, "v", RecordTimes.eternal(1)).getAsLong();
    assertTrue(version > expired);
    assertEquals("v", archive.get("k"));
  }

  @Test
  void put_withoutTimes_isCreatedNowAndNeverExpires() {
    archive.put("k", "v");
    assertEquals(RecordTimes.eternal(1_000), archive.entry("k").times());
    nowMillis = Long.MAX_VALUE;
    assertEquals("v", archive.get("k"));
  }

  @Test
  void blindPutAndBulkCalls_areOneCallToTheStore() {
    archive.put("k", "v");
    archive.putAll(Map.of("a", 1, "b", 2));
    archive.getAll(Set.of("a", "b"));
    archive.entries(Set.of("a", "b"));
    archive.removeAll(Set.of("a", "b"));
    assertEquals(List.of("put", "putAll", "getAll", "getAll", "removeAll"), store.calls);
  }

  @Test
  void putAll_whereTheStoreFailsForSome_writesTheOthersAndThrowsAllFailures() {
    store.fail("bad");
    store.fail("worse");
    ArchiveException thrown =
        assertThrows(
            ArchiveException.class, () -> archive.putAll(Map.of("good", 1, "bad", 2, "worse", 3)));
    assertEquals(1, thrown.getSuppressed().length);
    assertEquals(1, archive.get("good"));
  }

  @Test
  void getAll_whereTheStoreFailsForSome_throws() {
    archive.putAll(Map.of("good", 1, "bad", 2));
    store.damage("bad");
    assertThrows(DamagedRecordException.class, () -> archive.getAll(Set.of("good", "bad")));
    assertEquals(Map.of("good", 1), archive.getAll(Set.of("good")));
  }

  @Test
  void outcome_tellsWhichKeysFailedAndWhy() {
    store.fail("bad");
    ArchiveOutcome<Object> outcome = archive.removeAll(Set.of("good", "bad"));
    assertEquals(Set.of("good"), outcome.done());
    assertEquals(Set.of("bad"), outcome.failed().keySet());
    assertThrows(ArchiveException.class, outcome::orThrow);
  }

  @Test
  void outcome_keepsTheOrderOfTheCall() {
    List<String> keys = List.of("z", "y", "x", "w", "v");
    ArchiveOutcome<Object> outcome = archive.removeAll(new LinkedHashSet<>(keys));
    assertEquals(keys, List.copyOf(outcome.done()));
  }

  @Test
  void damagedRecord_isThrownCountedAndRemovable() {
    archive.putAll(Map.of("good", 1, "bad", 2));
    store.damage("bad");
    assertThrows(DamagedRecordException.class, () -> archive.get("bad"));
    assertThrows(DamagedRecordException.class, () -> archive.contains("bad"));
    assertThrows(DamagedRecordException.class, archive::keys);
    assertEquals(2, archive.size());
    assertFalse(archive.asMap().isEmpty());
    assertTrue(archive.remove("bad"));
    assertEquals(Set.of("good"), archive.keys());
  }

  @Test
  void damagedRecord_isOverwrittenByAPut() {
    archive.put("k", 1);
    store.damage("k");
    archive.put("k", 2);
    assertEquals(2, archive.get("k"));
  }

  @Test
  void walk_goesOnBehindADamagedRecord() {
    archive.putAll(Map.of("a", 1, "b", 2, "c", 3));
    store.damage("b");
    int seen = 0;
    int thrown = 0;
    try (ArchiveCursor<Object, Object> cursor = archive.cursor()) {
      boolean more = true;
      while (more) {
        try {
          more = cursor.next() != null;
          seen += more ? 1 : 0;
        } catch (DamagedRecordException e) {
          thrown++;
        }
      }
    }
    assertEquals(2, seen);
    assertEquals(1, thrown);
  }

  @Test
  void storeThatCantBeRead_endsEveryWalk() {
    archive.put("k", 1);
    store.fail("k");
    assertThrows(ArchiveException.class, archive::size);
    assertThrows(ArchiveException.class, archive::keys);
    assertEquals(0, store.openWalks.get());
  }

  @Test
  void payloadThatIsCutOffAnywhere_isRefusedWithArchiveAndKeyAndChangesNothing() {
    archive.put(List.of("key"), List.of("value", 1, 2L));
    StoreRecord whole = store.record(List.of("key"));
    byte[] payload = whole.content().payload();
    for (int length = 0; length < payload.length; length++) {
      byte[] cut = Arrays.copyOf(payload, length);
      store.putRecord(List.of("key"), withPayload(whole.content(), cut));
      ArchiveException refused =
          assertThrows(
              ArchiveException.class, () -> archive.entry(List.of("key")), "length " + length);
      assertTrue(refused.getMessage().contains("breakable"), refused.getMessage());
      assertTrue(refused.getMessage().contains("key bytes"), refused.getMessage());
      assertEquals(1, archive.size());
    }
    store.putRecord(List.of("key"), whole.content());
    assertEquals(List.of("value", 1, 2L), archive.get(List.of("key")));
  }

  private static RecordContent withPayload(RecordContent content, byte[] payload) {
    return new RecordContent(content.codecId(), content.codecVersion(), content.times(), payload);
  }

  @Test
  void recordWithoutAKey_whoseBytesGiveNone_isDamage() {
    archive.put("k", "v");
    store.putRecord(List.of("k"), store.record("k").content());
    DamagedRecordException damage =
        assertThrows(DamagedRecordException.class, () -> archive.entry(List.of("k")));
    assertTrue(damage.getMessage().contains("breakable"), damage.getMessage());
    assertEquals("v", archive.get(List.of("k")));
  }

  @Test
  void recordOfAnUnknownCodec_isRefusedByItsId() {
    archive.put("k", "v");
    RecordContent known = store.record("k").content();
    store.putRecord("k", new RecordContent(250, 1, known.times(), known.payload()));
    ArchiveException refused = assertThrows(ArchiveException.class, () -> archive.get("k"));
    assertTrue(refused.getMessage().contains("250"), refused.getMessage());
    assertTrue(refused.getMessage().contains("\"k\""), refused.getMessage());
  }

  @Test
  void recordOfAnotherCodec_isReadByThatCodec() {
    ArchiveConfiguration<Object, Object> java =
        ArchiveConfiguration.builder(Object.class, Object.class).codec("java").build();
    Archives.over(store, java).put(List.of("k"), List.of("v"));
    ArchiveEntry<Object, Object> entry = archive.entry(List.of("k"));
    assertEquals(List.of("k"), entry.key());
    assertEquals(List.of("v"), entry.value());
    assertEquals(2, store.record(List.of("k")).content().codecId());
  }

  @Test
  void keysThatTheirBytesGiveBack_areNotStoredAgain() {
    for (Object key : List.of("k", 1, 2L, new UUID(3, 4), LocalDate.EPOCH, new byte[] {5})) {
      archive.put(key, "v");
      assertFalse(payload(key).hasKey(), () -> key.getClass().getName());
    }
    for (Object key : List.of(List.of("k"), Set.of(), RoundingMode.UP)) {
      archive.put(key, "v");
      assertTrue(payload(key).hasKey(), () -> key.getClass().getName());
      assertEquals(key, archive.entry(key).key());
    }
  }

  private PayloadV1 payload(Object key) {
    return PayloadV1.of(store.record(key).content().payload());
  }

  @Test
  void mapIterators_closeTheirWalkAtTheEnd() {
    archive.putAll(Map.of("a", 1, "b", 2));
    assertEquals(2, List.copyOf(archive.asMap().keySet()).size());
    assertTrue(archive.asMap().containsValue(1));
    assertFalse(archive.asMap().isEmpty());
    assertEquals(0, store.openWalks.get());
  }

  @Test
  void mapIteratorLeftHalfway_isClosedWhenItIsCollected() {
    archive.putAll(Map.of("a", 1, "b", 2));
    assertNotNull(archive.asMap().keySet().iterator().next());
    for (int i = 0; i < 1_000 && store.openWalks.get() > 0; i++) {
      System.gc();
      Thread.onSpinWait();
    }
    assertEquals(0, store.openWalks.get());
  }
}
