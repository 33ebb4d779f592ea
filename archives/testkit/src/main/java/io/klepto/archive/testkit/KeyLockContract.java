package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Capability;
import io.klepto.archive.store.KeyHold;
import io.klepto.archive.store.Store;
import io.klepto.keymap.KeyBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks of keys, in a store with {@link Capability#KEY_LOCK}. */
abstract class KeyLockContract extends StoreContractPart {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final KeyBytes KEY = key("a");

  @BeforeEach
  final void requireKeyLocks() {
    Assumptions.assumeTrue(
        store.capabilities().contains(Capability.KEY_LOCK), "the store can't lock a key");
  }

  private static KeyHold held(Store store, KeyBytes key) {
    return store.lockKey(key, LONG).orElseThrow();
  }

  @Test
  final void lockKey_ofAKeyThatIsHeld_isEmptyAfterThePatience() {
    Store other = open(NAMESPACE);
    KeyHold hold = held(store, KEY);
    long start = System.nanoTime();
    assertTrue(other.lockKey(KEY, SHORT).isEmpty());
    assertTrue(System.nanoTime() - start >= SHORT.toNanos());
    assertTrue(store.lockKey(KEY, SHORT).isEmpty(), "not reentrant");
    assertTrue(other.lockKey(KEY, Duration.ZERO).isEmpty());
    assertTrue(other.lockKey(KEY, Duration.ofSeconds(-1)).isEmpty());
    hold.close();
    held(other, KEY).close();
  }

  @Test
  final void lockKey_withoutPatience_getsAKeyThatIsFree() {
    store.lockKey(KEY, Duration.ZERO).orElseThrow().close();
  }

  @Test
  final void lockKey_ofOtherKeysAndNamespaces_isFree() {
    try (KeyHold first = held(store, KEY);
        KeyHold second = held(store, key("b"));
        KeyHold third = held(open("another"), KEY)) {
      assertEquals(3, List.of(first, second, third).size());
    }
  }

  @Test
  final void heldKey_isReadAndWrittenByAnybody() {
    KeyHold hold = held(store, KEY);
    open(NAMESPACE).put(KEY, content("1"));
    store.put(KEY, content("2"));
    assertHolds(KEY, content("2"));
    hold.close();
  }

  @Test
  final void close_twice_freesNobodyElsesHold() {
    KeyHold hold = held(store, KEY);
    hold.close();
    KeyHold next = held(store, KEY);
    hold.close();
    assertTrue(store.lockKey(KEY, SHORT).isEmpty());
    next.close();
  }

  @Test
  final void closeOfTheStore_keepsTheHold() {
    Store closing = open(NAMESPACE);
    KeyHold hold = held(closing, KEY);
    closing.close();
    assertTrue(store.lockKey(KEY, SHORT).isEmpty());
    hold.close();
    held(store, KEY).close();
    assertThrows(IllegalStateException.class, () -> closing.lockKey(KEY, SHORT));
  }

  @Test
  final void aThousandHolds_ofOneThread_areAllHeld() {
    List<KeyHold> holds = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      holds.add(held(store, key("key " + i)));
    }
    assertTrue(store.lockKey(key("key 0"), Duration.ZERO).isEmpty());
    assertTrue(store.lockKey(key("key 999"), Duration.ZERO).isEmpty());
    holds.forEach(KeyHold::close);
    held(store, key("key 0")).close();
  }

  @Test
  final void holdOfOneThread_isClosedByAnother() throws Exception {
    KeyHold hold = held(store, KEY);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      other.submit(hold::close).get();
    } finally {
      other.shutdownNow();
    }
    held(store, KEY).close();
  }

  @Test
  final void interruptedThread_waitsAndKeepsItsStatus() {
    KeyHold hold = held(store, KEY);
    Thread.currentThread().interrupt();
    assertTrue(store.lockKey(KEY, SHORT).isEmpty());
    assertTrue(Thread.currentThread().isInterrupted());
    hold.close();
    held(store, KEY).close();
    assertTrue(Thread.interrupted());
  }

  @Test
  final void manyThreads_excludeEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      countInThreads(threads);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  final void manyVirtualThreads_excludeEachOther() throws Exception {
    ExecutorService threads;
    try {
      threads =
          (ExecutorService)
              Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      Assumptions.abort("this JVM has no virtual threads: " + e);
      return;
    }
    try {
      countInThreads(threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private void countInThreads(ExecutorService threads) throws Exception {
    int[] counter = {0};
    List<Future<?>> results = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      Store own = open(NAMESPACE);
      results.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 200; i++) {
                  KeyHold hold = held(own, KEY);
                  int before = counter[0];
                  LockSupport.parkNanos(1); // others may run here
                  counter[0] = before + 1;
                  hold.close();
                }
              }));
    }
    for (Future<?> result : results) {
      result.get();
    }
    assertEquals(800, counter[0]);
    assertFalse(store.lockKey(KEY, LONG).isEmpty());
  }
}
