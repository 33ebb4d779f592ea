package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreOptions;
import io.klepto.keymap.KeyBytes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** {@code null:} acknowledges everything and keeps nothing: what remains of the contract. */
final class NullStoreTest {
  private static final KeyBytes KEY = StoreWorker.key("a");
  private static final RecordContent CONTENT =
      new RecordContent(1, 1, RecordTimes.eternal(0), new byte[] {1});

  private final Store store =
      StoreWorker.openStore(
          URI.create("null:/"), new StoreOptions("orders", Optional.empty(), Map.of()));

  @Test
  void everyRead_isAMiss() {
    assertNotEquals(Store.ABSENT, store.put(KEY, CONTENT));
    assertEquals(1, store.putAll(Map.of(KEY, CONTENT)).orThrow().size());
    assertNull(store.get(KEY));
    assertFalse(store.contains(KEY));
    assertEquals(Map.of(), store.getAll(List.of(KEY)).orThrow());
    assertEquals(0, store.size());
    assertNull(store.scan().next());
    assertEquals(0, store.verify(true).records());
  }

  @Test
  void versions_grow() {
    assertTrue(store.put(KEY, CONTENT) < store.put(KEY, CONTENT));
  }

  @Test
  void conditionalCalls_findNothingThere() {
    long version = store.put(KEY, CONTENT);
    assertEquals(OptionalLong.empty(), store.compareAndSet(KEY, version, CONTENT));
    assertTrue(store.compareAndSet(KEY, Store.ABSENT, CONTENT).isPresent());
    assertTrue(store.compareAndSet(KEY, Store.ABSENT, CONTENT).isPresent());
    assertFalse(store.compareAndRemove(KEY, version));
    assertFalse(store.touch(KEY, version, RecordTimes.eternal(0)));
    assertFalse(store.remove(KEY));
    assertEquals(Map.of(KEY, false), store.removeAll(List.of(KEY)).orThrow());
  }

  @Test
  void wholeStoreCalls_doNothing() {
    store.clear();
    store.sync();
    store.compact();
    store.destroy();
    assertThrows(IllegalStateException.class, () -> store.get(KEY));
  }
}
