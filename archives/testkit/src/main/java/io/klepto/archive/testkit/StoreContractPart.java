package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordCursor;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** What the parts of the contract share: a fixture, a store that is open, and shorthand. */
abstract class StoreContractPart {
  static final String NAMESPACE = "orders";
  static final RecordTimes ETERNAL = RecordTimes.eternal(1_700_000_000_000L);

  private final List<Store> opened = new ArrayList<>();
  StoreFixture fixture;
  Store store;

  abstract StoreFixture newFixture();

  @BeforeEach
  void openStore() {
    fixture = newFixture();
    store = open(NAMESPACE);
  }

  @AfterEach
  void closeStores() {
    opened.forEach(Store::close);
    fixture.close();
  }

  final Store open(String namespace) {
    return open(namespace, Map.of());
  }

  final Store open(String namespace, Map<String, String> identity) {
    Store another = fixture.open(new StoreOptions(namespace, Optional.empty(), identity));
    opened.add(another);
    return another;
  }

  final void requirePersistent() {
    Assumptions.assumeTrue(
        store.capabilities().contains(Capability.PERSISTENT),
        "the store keeps nothing when closed");
  }

  final void requireCompareAndSet() {
    Assumptions.assumeTrue(
        store.capabilities().contains(Capability.COMPARE_AND_SET),
        "the store can't compare and set");
  }

  static KeyBytes key(String text) {
    return KeyBytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static RecordContent content(String payload) {
    return content(payload.getBytes(StandardCharsets.UTF_8));
  }

  static RecordContent content(byte[] payload) {
    return new RecordContent(7, 3, ETERNAL, payload);
  }

  static String textOf(StoreRecord record) {
    return new String(record.content().payload(), StandardCharsets.UTF_8);
  }

  final void assertHolds(KeyBytes key, RecordContent content) {
    StoreRecord found = store.get(key);
    assertNotNull(found, () -> "no record under " + key);
    assertEquals(key, found.key());
    assertEquals(content, found.content());
  }

  static List<StoreRecord> allOf(Store store) {
    List<StoreRecord> all = new ArrayList<>();
    try (RecordCursor cursor = store.scan()) {
      for (StoreRecord next = cursor.next(); next != null; next = cursor.next()) {
        all.add(next);
      }
    }
    return all;
  }
}
