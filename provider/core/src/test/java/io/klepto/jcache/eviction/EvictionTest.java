package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.EvictionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvictionTest {
  private static final long AWAIT_SECONDS = 60;

  @ParameterizedTest
  @EnumSource(names = {"LRU", "LFU", "MRU", "RR"})
  void of_eachPolicy_evicts(EvictionPolicy policy) {
    List<BoundedNode> victims = new ArrayList<>();
    Eviction eviction = Eviction.of(policy, 1, 1, 1, Table.UNTOLD, node -> retire(node, victims));
    BoundedNode first = new BoundedNode(1);
    eviction.added(first);
    eviction.added(new BoundedNode(2));
    assertEquals(1, victims.size());
    assertTrue(policy == EvictionPolicy.RR || victims.contains(first));
  }

  @ParameterizedTest
  @EnumSource(names = {"NO", "INF"})
  void of_policyWithoutVictims_isRefused(EvictionPolicy policy) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Eviction.of(policy, 1, 1, 1, Table.UNTOLD, node -> true));
    assertTrue(e.getMessage().contains(policy.name()), e.getMessage());
  }

  @Test
  void of_numbersOutOfRange_areRefusedByName() {
    for (long maxEntries : new long[] {Long.MIN_VALUE, 0, Eviction.MAX_ENTRIES + 1L}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Eviction.of(EvictionPolicy.LRU, maxEntries, 1, 1, Table.UNTOLD, node -> true));
      assertTrue(e.getMessage().startsWith("maxEntries:"), e.getMessage());
      assertTrue(e.getMessage().contains(String.valueOf(maxEntries)), e.getMessage());
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Eviction.of(EvictionPolicy.LRU, 1, 0, 1, Table.UNTOLD, node -> true));
    assertTrue(e.getMessage().startsWith("batch:"), e.getMessage());
  }

  @Test
  void chooseBy_otherPolicyThanRandom_isRefused() {
    Eviction eviction = Eviction.of(EvictionPolicy.LRU, 1, 1, 1, Table.UNTOLD, node -> true);
    assertThrows(IllegalStateException.class, () -> eviction.chooseBy(size -> 0));
  }

  @Test
  void added_whenTheTableFails_throwsKeepsTheVictimAndTriesAgain() {
    IllegalStateException failure = new IllegalStateException("archive is full");
    List<BoundedNode> victims = new ArrayList<>();
    boolean[] fails = {true};
    Eviction eviction =
        Eviction.of(
            EvictionPolicy.LRU,
            1,
            1,
            1,
            Table.UNTOLD,
            node -> {
              if (fails[0]) {
                throw failure;
              }
              return retire(node, victims);
            });
    BoundedNode first = new BoundedNode(1);
    BoundedNode second = new BoundedNode(2);
    eviction.added(first);
    assertSame(failure, assertThrows(RuntimeException.class, () -> eviction.added(second)));
    assertEquals(2, eviction.size());
    assertFalse(eviction.isOverfull());
    fails[0] = false;
    eviction.added(new BoundedNode(3));
    assertEquals(List.of(first, second), victims);
    assertEquals(1, eviction.size());
  }

  @Test
  void added_whenTheTableFails_doesNotMakeUnlockingThreadsTryAgain() {
    boolean[] fails = {false};
    Eviction eviction =
        Eviction.of(
            EvictionPolicy.LRU,
            1,
            1,
            1,
            Table.UNTOLD,
            node -> {
              if (fails[0]) {
                throw new IllegalStateException("archive is full");
              }
              return false;
            });
    eviction.added(new BoundedNode(1));
    eviction.added(new BoundedNode(2));
    assertTrue(eviction.isOverfull());
    fails[0] = true;
    assertThrows(IllegalStateException.class, eviction::settle);
    assertFalse(eviction.isOverfull());
    eviction.settle();
  }

  @Test
  void added_whenAKeyIsFreedRightAfterItsRefusal_triesItAgain() {
    List<BoundedNode> victims = new ArrayList<>();
    List<BoundedNode> refused = new ArrayList<>();
    AtomicReference<Eviction> eviction = new AtomicReference<>();
    eviction.set(
        Eviction.of(
            EvictionPolicy.LRU,
            1,
            1,
            1,
            Table.UNTOLD,
            node -> {
              // Whoever holds the key frees it here, and has no reason to call settle.
              return eviction.get().isOverfull() ? retire(node, victims) : !refused.add(node);
            }));
    eviction.get().added(new BoundedNode(1));
    eviction.get().added(new BoundedNode(2));
    assertEquals(2, refused.size());
    assertEquals(1, victims.size());
    assertEquals(1, eviction.get().size());
    assertFalse(eviction.get().isOverfull());
  }

  @Test
  void callsFromTheTable_areDoneAfterwards() {
    List<BoundedNode> victims = new ArrayList<>();
    AtomicReference<Eviction> eviction = new AtomicReference<>();
    eviction.set(
        Eviction.of(
            EvictionPolicy.LRU,
            2,
            1,
            1,
            Table.UNTOLD,
            node -> {
              if (victims.isEmpty()) {
                for (int i = 0; i < 200; i++) {
                  eviction.get().added(new BoundedNode(100 + i));
                }
              }
              return retire(node, victims);
            }));
    for (int i = 0; i < 3; i++) {
      eviction.get().added(new BoundedNode(i));
    }
    assertEquals(201, victims.size());
    assertEquals(2, eviction.get().size());
  }

  @Test
  void added_whileTheTableIsBusy_waitsBeforeTooManyAreLeftBehind() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    List<BoundedNode> victims = new ArrayList<>();
    Eviction eviction =
        Eviction.of(
            EvictionPolicy.LRU,
            10,
            1,
            1,
            Table.UNTOLD,
            node -> {
              busy.countDown();
              awaitUninterruptibly(done);
              return retire(node, victims);
            });
    List<BoundedNode> added = new ArrayList<>();
    Thread evicting = new Thread(() -> add(eviction, new ArrayList<>(), 11));
    Thread adding = new Thread(() -> add(eviction, added, 1000));
    evicting.start();
    assertTrue(busy.await(AWAIT_SECONDS, TimeUnit.SECONDS));
    adding.start();
    Thread.State state = adding.getState();
    while (state != Thread.State.TIMED_WAITING && state != Thread.State.TERMINATED) {
      Thread.onSpinWait();
      state = adding.getState();
    }
    done.countDown();
    assertEquals(Thread.State.TIMED_WAITING, state);
    evicting.join(TimeUnit.SECONDS.toMillis(AWAIT_SECONDS));
    adding.join(TimeUnit.SECONDS.toMillis(AWAIT_SECONDS));
    assertFalse(evicting.isAlive() || adding.isAlive());
    assertEquals(1000, added.size());
    assertEquals(10, eviction.size());
    assertEquals(1001, victims.size());
  }

  private static void add(Eviction eviction, List<BoundedNode> added, int count) {
    for (int i = 0; i < count; i++) {
      BoundedNode node = new BoundedNode(i);
      added.add(node);
      eviction.added(node);
    }
  }

  private static boolean retire(BoundedNode node, List<BoundedNode> victims) {
    victims.add(node);
    node.retire();
    return true;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(AWAIT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
