package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.RecordContent;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that depend on the version: compareAndSet, compareAndRemove, touch. */
abstract class ConditionalCallContract extends StoreContractPart {
  private static final RecordTimes TOUCHED = new RecordTimes(5, 1_000, 99_000);

  @BeforeEach
  void skipWithoutCompareAndSet() {
    requireCompareAndSet();
  }

  @Test
  void compareAndSet_expectingAbsence_writesOnlyTheFirst() {
    OptionalLong first = store.compareAndSet(key("a"), Store.ABSENT, content("one"));
    assertEquals(store.get(key("a")).version(), first.orElseThrow());
    assertEquals(OptionalLong.empty(), store.compareAndSet(key("a"), Store.ABSENT, content("two")));
    assertHolds(key("a"), content("one"));
  }

  @Test
  void compareAndSet_expectingTheVersion_writesAGreaterOne() {
    long old = store.put(key("a"), content("one"));
    long fresh = store.compareAndSet(key("a"), old, content("two")).orElseThrow();
    assertTrue(fresh > old);
    assertHolds(key("a"), content("two"));
    assertEquals(fresh, store.get(key("a")).version());
  }

  @Test
  void compareAndSet_expectingAnotherVersion_changesNothing() {
    long old = store.put(key("a"), content("one"));
    long current = store.put(key("a"), content("two"));
    assertEquals(OptionalLong.empty(), store.compareAndSet(key("a"), old, content("three")));
    assertEquals(
        OptionalLong.empty(), store.compareAndSet(key("a"), current + 1, content("three")));
    assertHolds(key("a"), content("two"));
    assertEquals(current, store.get(key("a")).version());
  }

  @Test
  void compareAndSet_expectingAVersionWhereNothingIs_writesNothing() {
    long removed = store.put(key("a"), content("one"));
    store.remove(key("a"));
    assertEquals(OptionalLong.empty(), store.compareAndSet(key("a"), removed, content("two")));
    assertNull(store.get(key("a")));
  }

  @Test
  void compareAndSet_ofAVersionFromBeforeRemoval_failsAfterTheKeyIsWrittenAgain() {
    long removed = store.put(key("a"), content("one"));
    store.remove(key("a"));
    store.put(key("a"), content("one"));
    assertEquals(OptionalLong.empty(), store.compareAndSet(key("a"), removed, content("two")));
    assertFalse(store.compareAndRemove(key("a"), removed));
    assertHolds(key("a"), content("one"));
  }

  @Test
  void compareAndRemove_removesOnlyTheExpectedVersion() {
    long old = store.put(key("a"), content("one"));
    long current = store.put(key("a"), content("two"));
    assertFalse(store.compareAndRemove(key("a"), old));
    assertFalse(store.compareAndRemove(key("a"), Store.ABSENT));
    assertHolds(key("a"), content("two"));
    assertTrue(store.compareAndRemove(key("a"), current));
    assertNull(store.get(key("a")));
    assertFalse(store.compareAndRemove(key("a"), current));
    assertFalse(store.compareAndRemove(key("a"), Store.ABSENT));
  }

  @Test
  void touch_changesTimesAlone() {
    RecordContent content = content("one");
    long version = store.put(key("a"), content);
    assertTrue(store.touch(key("a"), version, TOUCHED));
    assertHolds(key("a"), content.withTimes(TOUCHED));
    assertEquals(version, store.get(key("a")).version());
    assertTrue(store.touch(key("a"), version, ETERNAL));
    assertHolds(key("a"), content);
  }

  @Test
  void touch_ofAnotherVersionOrOfNothing_changesNothing() {
    long old = store.put(key("a"), content("one"));
    store.put(key("a"), content("two"));
    assertFalse(store.touch(key("a"), old, TOUCHED));
    assertFalse(store.touch(key("a"), Store.ABSENT, TOUCHED));
    assertHolds(key("a"), content("two"));
    assertFalse(store.touch(key("b"), old, TOUCHED));
    assertFalse(store.touch(key("b"), Store.ABSENT, TOUCHED));
    assertNull(store.get(key("b")));
  }
}
