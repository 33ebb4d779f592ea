package io.klepto.jcache.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;

/** Locks of nodes: exclusive, never lost, and ended by retirement. */
final class KeyLocksTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 20_000;

  private final KeyLocks locks = new KeyLocks();

  private Node freeNode() {
    Node node = new Node("k");
    locks.unlock(node);
    return node;
  }

  @Test
  void newNode_isLockedByItsMaker() throws Exception {
    Node node = new Node("k");
    assertTrue(node.isHeldByCurrentThread());
    assertFalse(Crew.start(node::tryLock).result());
    locks.unlock(node);
    assertTrue(Crew.start(node::tryLock).result());
  }

  @Test
  void lock_byItsHolder_throwsAndStaysLocked() throws Exception {
    Crew.run(
            () -> {
              Node node = new Node("the key");
              String message =
                  assertThrows(IllegalStateException.class, () -> locks.lock(node)).getMessage();
              assertTrue(message.contains("the key"), message);
              assertTrue(node.isHeldByCurrentThread());
            })
        .result();
  }

  @Test
  void lock_ofARetiredNode_isRefusedForEver() throws Exception {
    Node node = freeNode();
    assertTrue(locks.lock(node));
    node.setValue("v");
    locks.retire(node);
    assertTrue(node.isRetired());
    assertNull(node.value());
    assertFalse(locks.lock(node));
    assertFalse(node.tryLock());
    assertFalse(Crew.start(() -> locks.lock(node)).result());
  }

  @Test
  void unlock_wakesOneWaiterAfterTheOther() throws Exception {
    Node node = new Node("k");
    int[] entered = new int[1]; // guarded by the lock
    List<Crew.Member<Void>> waiters = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      waiters.add(
          Crew.run(
              () -> {
                assertTrue(locks.lock(node));
                entered[0]++;
                locks.unlock(node);
              }));
    }
    waiters.forEach(Crew.Member::awaitParked);
    locks.unlock(node);
    for (Crew.Member<Void> waiter : waiters) {
      waiter.result();
    }
    assertTrue(locks.lock(node));
    assertEquals(32, entered[0]);
  }

  @Test
  void retire_wakesEveryWaiterWithARefusal() throws Exception {
    Node node = new Node("k");
    List<Crew.Member<Boolean>> waiters = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      waiters.add(Crew.start(() -> locks.lock(node)));
    }
    waiters.forEach(Crew.Member::awaitParked);
    locks.retire(node);
    for (Crew.Member<Boolean> waiter : waiters) {
      assertFalse(waiter.result());
    }
  }

  @Test
  void lock_ofAnInterruptedThread_waitsAndKeepsTheInterrupt() throws Exception {
    Node node = new Node("k");
    Crew.Member<Boolean> waiter =
        Crew.start(
            () -> {
              Thread.currentThread().interrupt();
              assertTrue(locks.lock(node));
              return Thread.currentThread().isInterrupted();
            });
    waiter.awaitParked();
    assertFalse(waiter.isDone());
    locks.unlock(node);
    assertTrue(waiter.result());
  }

  @Test
  void lockUnlockAndRetire_byManyThreads_loseNoUpdate() throws Exception {
    int keys = 3;
    int[] counters = new int[keys]; // each guarded by the node in its place
    AtomicReferenceArray<Node> nodes = new AtomicReferenceArray<>(keys);
    for (int i = 0; i < keys; i++) {
      nodes.set(i, freeNode());
    }
    AtomicInteger counted = new AtomicInteger();
    Crew.together(
        THREADS,
        thread -> {
          Random random = new Random(thread);
          int mine = 0;
          while (mine < ROUNDS) {
            int key = random.nextInt(keys);
            Node node = nodes.get(key);
            if (!locks.lock(node)) {
              continue; // retired since: another node is in its place
            }
            counters[key]++;
            mine++;
            if (random.nextInt(10) == 0) {
              Node next = new Node("k" + key);
              nodes.set(key, next);
              locks.retire(node);
              counters[key]++;
              mine++;
              locks.unlock(next);
            } else {
              locks.unlock(node);
            }
          }
          counted.addAndGet(mine);
        });
    assertEquals(counted.get(), Arrays.stream(counters).sum());
  }
}
