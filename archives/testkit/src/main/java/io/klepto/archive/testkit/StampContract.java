package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Stamps;
import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import io.klepto.keymap.KeyBytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stamps, in a store with {@link Capability#STAMPS}. */
abstract class StampContract extends StoreContractPart {
  private static final KeyBytes KEY = key("a");
  private static final long ENTRIES = 100_000;

  private Store plain;
  private Stamps stamps;

  @BeforeEach
  final void requireStamps() {
    Assumptions.assumeTrue(
        store.capabilities().contains(Capability.STAMPS), "the store has no stamps");
    plain = open(NAMESPACE); // and never asks for stamps
    stamps = store.stamps(ENTRIES);
  }

  /** Returns by how much the stamp of a key is moved. */
  private long moved(KeyBytes key, Runnable change) {
    int stripe = stamps.stripeOf(key);
    long before = stamps.at(stripe);
    assertEquals(0, before & 1, "odd with no change under way");
    change.run();
    long after = stamps.at(stripe);
    assertEquals(0, after & 1, "odd after the change");
    return after - before;
  }

  @Test
  final void changeOfARecord_movesItsStampByTwo() {
    long[] version = {0};
    assertEquals(2, moved(KEY, () -> version[0] = plain.put(KEY, content("1"))));
    assertEquals(2, moved(KEY, () -> version[0] = store.put(KEY, content("2"))));
    assertEquals(
        2,
        moved(
            KEY,
            () -> version[0] = plain.compareAndSet(KEY, version[0], content("3")).getAsLong()));
    assertEquals(2, moved(KEY, () -> assertTrue(plain.compareAndRemove(KEY, version[0]))));
    plain.put(KEY, content("4"));
    assertEquals(2, moved(KEY, () -> assertTrue(plain.remove(KEY))));
  }

  @Test
  final void changeThatIsRefused_movesItsStampByTwoOrNotAtAll() {
    plain.put(KEY, content("1"));
    assertTrue(
        moved(KEY, () -> assertTrue(isEmpty(plain.compareAndSet(KEY, 7, content("2"))))) <= 2);
    assertTrue(moved(KEY, () -> plain.compareAndRemove(KEY, 7)) <= 2);
    assertTrue(moved(key("absent"), () -> plain.remove(key("absent"))) <= 2);
  }

  private static boolean isEmpty(OptionalLong version) {
    return version.isEmpty();
  }

  @Test
  final void touch_movesItsStamp() {
    long version = plain.put(KEY, content("1"));
    RecordTimes times = new RecordTimes(1_700_000_000_000L, 1_700_000_000_500L, 500);
    assertNotEquals(0, moved(KEY, () -> assertTrue(plain.touch(KEY, version, times))));
  }

  @Test
  final void bulkChange_movesTheStampsOfAllItsKeys() {
    List<KeyBytes> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      keys.add(key("key " + i));
    }
    Map<KeyBytes, Long> before = stampsOf(keys);
    plain.putAll(contentsOf(keys)).orThrow();
    Map<KeyBytes, Long> between = stampsOf(keys);
    plain.removeAll(keys).orThrow();
    Map<KeyBytes, Long> after = stampsOf(keys);
    for (KeyBytes key : keys) {
      assertNotEquals(before.get(key), between.get(key));
      assertNotEquals(between.get(key), after.get(key));
      assertEquals(0, (between.get(key) | after.get(key)) & 1);
    }
  }

  private Map<KeyBytes, Long> stampsOf(List<KeyBytes> keys) {
    Map<KeyBytes, Long> found = new HashMap<>();
    keys.forEach(key -> found.put(key, stamps.at(stamps.stripeOf(key))));
    return found;
  }

  private static Map<KeyBytes, RecordContent> contentsOf(List<KeyBytes> keys) {
    Map<KeyBytes, RecordContent> contents = new HashMap<>();
    keys.forEach(key -> contents.put(key, content("x")));
    return contents;
  }

  @Test
  final void clear_movesTheStampsOfWhatItRemoves() {
    plain.put(KEY, content("1"));
    plain.put(key("b"), content("1"));
    long other = stamps.at(stamps.stripeOf(key("b")));
    assertNotEquals(0, moved(KEY, plain::clear));
    assertNotEquals(other, stamps.at(stamps.stripeOf(key("b"))));
  }

  @Test
  final void destroy_makesItsStampsOddOrOthers() {
    plain.put(KEY, content("1"));
    int stripe = stamps.stripeOf(KEY);
    long before = stamps.at(stripe);
    open(NAMESPACE).destroy();
    long after = stamps.at(stripe);
    assertTrue((after & 1) != 0 || after != before);
  }

  @Test
  final void reading_movesNoStamp() {
    plain.put(KEY, content("1"));
    assertEquals(0, moved(KEY, () -> plain.get(KEY)));
    assertEquals(0, moved(KEY, () -> plain.getAll(List.of(KEY, key("b")))));
    assertEquals(0, moved(KEY, () -> allOf(plain)));
    assertEquals(0, moved(KEY, () -> plain.verify(false)));
    assertEquals(0, moved(KEY, plain::sync));
    assertEquals(0, moved(KEY, () -> open("another").put(key("b"), content("1"))));
  }

  @Test
  final void stampsOfAnotherUser_areTheSame() {
    Store another = open(NAMESPACE);
    Stamps others = another.stamps(1);
    assertEquals(stamps.stripeOf(KEY), others.stripeOf(KEY));
    plain.put(KEY, content("1"));
    assertEquals(stamps.at(stamps.stripeOf(KEY)), others.at(others.stripeOf(KEY)));
    others = store.stamps(1);
    assertEquals(stamps.at(stamps.stripeOf(KEY)), others.at(others.stripeOf(KEY)));
  }

  @Test
  final void stamps_ofAClosedStore_throw() {
    Store closed = open(NAMESPACE);
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.stamps(ENTRIES));
  }

  @Test
  final void repair_movesTheStampOfWhatItSetsAside() {
    RawRecords raw = fixture.rawRecords().orElse(null);
    Assumptions.assumeTrue(raw != null, "no raw records");
    plain.put(KEY, content("some text to be damaged"));
    byte[] bytes = raw.read(NAMESPACE, KEY);
    bytes[bytes.length / 2] ^= 1;
    raw.write(NAMESPACE, KEY, bytes);
    assertNotEquals(0, moved(KEY, () -> plain.verify(true)));
    assertEquals(null, plain.get(KEY));
  }

  @Test
  final void copiesThatAreKeptByStamps_areNeverStale() throws Exception {
    int keys = 32;
    AtomicLongArray acknowledged = new AtomicLongArray(keys);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> results = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int first = writer;
        results.add(threads.submit(() -> write(first, keys, acknowledged)));
      }
      Future<Long> reads = threads.submit(() -> read(keys, acknowledged, over));
      for (Future<?> result : results) {
        result.get();
      }
      over.set(true);
      assertTrue(reads.get() > 0);
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private void write(int first, int keys, AtomicLongArray acknowledged) {
    for (int step = 1; step <= 100; step++) {
      for (int key = first; key < keys; key += 2) {
        plain.put(key("key " + key), content(Integer.toString(step)));
        acknowledged.set(key, step);
      }
    }
  }

  /** A copy, and the stamp that was read before it. */
  private record Kept(long step, long stamp) {}

  private long read(int keys, AtomicLongArray acknowledged, AtomicBoolean over) {
    Kept[] kept = new Kept[keys];
    long reads = 0;
    while (!over.get()) {
      for (int key = 0; key < keys; key++) {
        long atLeast = acknowledged.get(key);
        KeyBytes bytes = key("key " + key);
        long stamp = stamps.at(stamps.stripeOf(bytes));
        if (kept[key] == null || (stamp & 1) != 0 || kept[key].stamp() != stamp) {
          StoreRecord record = store.get(bytes);
          kept[key] = new Kept(record == null ? 0 : Long.parseLong(textOf(record)), stamp);
        }
        long step = kept[key].step();
        assertTrue(step >= atLeast, () -> "expected at least " + atLeast + ", found " + step);
        reads++;
      }
    }
    return reads;
  }
}
