package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.BulkOutcome;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many keys at a time, each with its outcome. */
abstract class BulkCallContract extends StoreContractPart {
  private static final int MANY = 300;

  @Test
  void putAll_yieldsTheVersionOfEachKey() {
    Map<KeyBytes, RecordContent> contents = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      contents.put(key("key " + i), content("value " + i));
    }
    Map<KeyBytes, Long> versions = store.putAll(contents).orThrow();
    assertEquals(contents.keySet(), versions.keySet());
    contents.forEach(
        (key, content) -> {
          assertHolds(key, content);
          assertEquals(versions.get(key), store.get(key).version());
        });
    assertEquals(MANY, store.size());
  }

  @Test
  void putAll_overRecords_givesGreaterVersions() {
    long before = store.put(key("a"), content("one"));
    long after = store.putAll(Map.of(key("a"), content("two"))).orThrow().get(key("a"));
    assertTrue(after > before);
    assertHolds(key("a"), content("two"));
  }

  @Test
  void getAll_yieldsWhatIsThere_andNothingForTheRest() {
    store.put(key("a"), content("one"));
    store.put(key("b"), content("two"));
    BulkOutcome<StoreRecord> outcome = store.getAll(List.of(key("a"), key("b"), key("c")));
    assertEquals(Set.of(key("a"), key("b")), outcome.done().keySet());
    assertEquals(Map.of(), outcome.failed());
    assertEquals(store.get(key("a")), outcome.done().get(key("a")));
    assertEquals(store.get(key("b")), outcome.done().get(key("b")));
  }

  @Test
  void getAll_ofAKeyGivenTwice_yieldsItOnce() {
    store.put(key("a"), content("one"));
    assertEquals(
        Map.of(key("a"), store.get(key("a"))), store.getAll(List.of(key("a"), key("a"))).orThrow());
  }

  @Test
  void removeAll_yieldsForEachKeyWhetherThereWasARecord() {
    store.put(key("a"), content("one"));
    store.put(key("b"), content("two"));
    assertEquals(
        Map.of(key("a"), true, key("c"), false),
        store.removeAll(List.of(key("a"), key("c"))).orThrow());
    assertEquals(1, store.size());
    assertHolds(key("b"), content("two"));
  }

  @Test
  void bulkCalls_ofNoKeys_doNothing() {
    store.put(key("a"), content("one"));
    assertEquals(Map.of(), store.getAll(List.of()).orThrow());
    assertEquals(Map.of(), store.putAll(Map.of()).orThrow());
    assertEquals(Map.of(), store.removeAll(List.of()).orThrow());
    assertEquals(1, store.size());
  }
}
