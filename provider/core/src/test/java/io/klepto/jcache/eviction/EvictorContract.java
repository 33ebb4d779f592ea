package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every policy has to fulfil, alone and from many threads. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EvictorContract {
  private static final int OPERATIONS = 10_000;
  private static final long AWAIT_SECONDS = 60;

  /** Makes the policy, as used with the given batch; a random one with the given seed. */
  abstract Evictor evictor(int batch, long seed);

  /** Makes the same by definition. */
  abstract Model model(int maxEntries, int batch, long seed);

  /** Returns how the policy notices overlaps; null if it does not care. */
  abstract Turns turns(Evictor evictor);

  @Test
  void added_beyondTheBound_evictsOne() {
    Table table = new Table(evictor(1, 1), 3, 1);
    table.calls(1, 2, 3);
    assertEquals(List.of(), table.evicted);
    table.call(4);
    assertEquals(1, table.evicted.size());
    assertEquals(3, table.nodes.size());
    assertEquals(3, table.eviction.size());
    assertFalse(table.eviction.isOverfull());
  }

  @Test
  void added_withBatch_evictsAsManyAtOnce() {
    Table table = new Table(evictor(3, 1), 5, 3);
    table.calls(1, 2, 3, 4, 5, 6);
    assertEquals(3, table.evicted.size());
    assertEquals(3, table.eviction.size());
  }

  @Test
  void added_withBatchLargerThanTheCache_emptiesIt() {
    Table table = new Table(evictor(2, 1), 1, 2);
    table.calls(1, 2);
    assertEquals(Set.of(1, 2), new HashSet<>(table.evicted));
    assertEquals(0, table.eviction.size());
    table.call(3);
    assertTrue(table.has(3));
  }

  @Test
  void added_twice_countsOnce() {
    Table table = new Table(evictor(1, 1), 3, 1);
    table.call(1);
    table.eviction.added(table.nodes.get(1));
    assertEquals(1, table.eviction.size());
  }

  @Test
  void added_ofRetiredNode_isNotTracked() {
    Table table = new Table(evictor(1, 1), 3, 1);
    BoundedNode node = new BoundedNode(1);
    node.retire();
    table.eviction.removed(node);
    table.eviction.added(node);
    assertEquals(0, table.eviction.size());
    assertNull(table.evictor.victim(null));
  }

  @Test
  void removed_makesRoom() {
    Table table = new Table(evictor(1, 1), 3, 1);
    table.calls(1, 2, 3);
    assertTrue(table.remove(2));
    assertEquals(2, table.eviction.size());
    table.call(4);
    assertEquals(List.of(), table.evicted);
    table.call(5);
    assertEquals(1, table.evicted.size());
    assertNotEquals(2, table.evicted.get(0));
  }

  @Test
  void removed_ofVictim_changesNothing() {
    Table table = new Table(evictor(1, 1), 1, 1);
    table.call(1);
    BoundedNode first = table.nodes.get(1);
    table.call(2);
    table.call(3);
    table.eviction.removed(first);
    table.eviction.hit(first);
    assertEquals(1, table.eviction.size());
  }

  @Test
  void removed_ofAll_keepsNoDeadNode() {
    Table table = new Table(evictor(1, 1), 1000, 1);
    for (int key = 0; key < 1000; key++) {
      table.call(key);
    }
    for (int key = 0; key < 1000; key++) {
      assertTrue(table.remove(key));
      assertTrue(table.evictor.dead() <= table.evictor.size() / 2, "dead: " + table.evictor.dead());
    }
    assertEquals(0, table.eviction.size());
    assertEquals(0, table.evictor.dead());
  }

  @Test
  void settle_afterRefusals_evictsWhatWasInUse() {
    Table table = new Table(evictor(1, 1), 2, 1);
    table.calls(1, 2);
    assertTrue(table.lock(1));
    assertTrue(table.lock(2));
    BoundedNode third = new BoundedNode(3);
    table.nodes.put(3, third);
    table.eviction.added(third);
    assertTrue(table.eviction.isOverfull());
    assertEquals(3, table.eviction.size());
    table.eviction.settle();
    assertTrue(table.eviction.isOverfull());
    table.unlock(2);
    assertEquals(List.of(2), table.evicted);
    assertFalse(table.eviction.isOverfull());
    table.unlock(1);
    table.unlock(3);
    assertEquals(2, table.eviction.size());
  }

  @Test
  void settle_afterTheNewestIsGone_asksForTheOthersOnly() {
    Table table = new Table(evictor(1, 1), 1, 1);
    table.call(1);
    assertTrue(table.lock(1));
    for (int key = 2; key <= 3; key++) {
      BoundedNode node = new BoundedNode(key);
      table.nodes.put(key, node);
      table.eviction.added(node);
    }
    assertEquals(3, table.eviction.size());
    BoundedNode newest = table.nodes.remove(3);
    newest.retire();
    table.eviction.removed(newest);
    assertEquals(2, table.eviction.size());
    assertTrue(table.eviction.isOverfull());
    table.unlock(1);
    assertEquals(List.of(1), table.evicted);
    assertFalse(table.eviction.isOverfull());
    table.unlock(2);
    assertSound(table, "in the end");
  }

  @Test
  void hit_onUnknownNode_isHarmless() {
    Table table = new Table(evictor(1, 1), 2, 1);
    table.calls(1, 2);
    BoundedNode stranger = new BoundedNode(9);
    for (int i = 0; i < 1000; i++) {
      table.eviction.hit(stranger);
    }
    table.call(3);
    assertEquals(2, table.eviction.size());
    assertFalse(table.evicted.contains(9));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,4",
    "1,2,4",
    "2,1,5",
    "2,2,6",
    "3,1,9",
    "10,1,15",
    "10,4,40",
    "100,1,130",
    "100,10,300"
  })
  void calls_oneAtATime_evictWhatTheDefinitionSays(int maxEntries, int batch, int keys) {
    long seed = System.nanoTime();
    play(maxEntries, batch, keys, OPERATIONS, seed, List.of(Runnable::run));
  }

  @Test
  void calls_ofThreadsThatTakeTurns_evictWhatTheDefinitionSays() {
    long seed = System.nanoTime();
    List<ExecutorService> threads = new ArrayList<>();
    try {
      List<Player> players = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        threads.add(thread);
        players.add(task -> await(thread.submit(task)));
      }
      Table table = play(10, 1, 20, OPERATIONS / 4, seed, players);
      Turns turns = turns(table.evictor);
      if (turns != null) {
        assertEquals(0, turns.epoch());
      }
    } finally {
      threads.forEach(ExecutorService::shutdown);
    }
  }

  @Test
  void calls_afterAnOverlap_keepTheBound() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Table table = new Table(evictor(1, seed), 50, 1);
    overlap(table.evictor);
    for (int i = 0; i < OPERATIONS; i++) {
      int key = random.nextInt(100);
      if (random.nextInt(10) == 0) {
        table.remove(key);
      } else {
        table.call(key);
      }
      assertTrue(table.nodes.size() <= 50, "seed " + seed);
    }
    assertSound(table, "seed " + seed);
  }

  @Test
  void threadsAtOnce_atRest_boundHoldsAndNothingIsLost() throws Exception {
    long seed = System.nanoTime();
    Table table = new Table(evictor(1, seed), 100, 1);
    int threads = 4;
    CountDownLatch start = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        Random random = new Random(seed + t);
        tasks.add(
            pool.submit(
                () -> {
                  start.countDown();
                  start.await();
                  for (int i = 0; i < OPERATIONS * 4; i++) {
                    operate(table, random, random.nextInt(300));
                  }
                  return null;
                }));
      }
      tasks.forEach(EvictorContract::await);
    } finally {
      pool.shutdownNow();
    }
    assertFalse(table.eviction.isOverfull(), "seed " + seed);
    assertSound(table, "seed " + seed);
  }

  /** Makes the policy believe that two calls have overlapped. */
  final void overlap(Evictor evictor) throws InterruptedException {
    Turns turns = turns(evictor);
    if (turns != null) {
      long me = turns.begin();
      Thread other = new Thread(() -> turns.end(turns.begin()));
      other.start();
      other.join();
      turns.end(me);
      assertTrue(turns.epoch() > 0);
    }
  }

  private static void operate(Table table, Random random, int key) {
    switch (random.nextInt(10)) {
      case 0 -> table.remove(key);
      case 1 -> {
        if (table.lock(key)) {
          table.calls(key + 1000, key + 1001);
          table.unlock(key);
        }
      }
      default -> table.call(key);
    }
  }

  private Table play(
      int maxEntries, int batch, int keys, int operations, long seed, List<Player> players) {
    Random random = new Random(seed);
    Table table = new Table(evictor(batch, seed), maxEntries, batch);
    Model model = model(maxEntries, batch, seed);
    for (int i = 0; i < operations; i++) {
      int key = random.nextInt(1 + random.nextInt(keys));
      int kind = random.nextInt(20);
      String at = "seed " + seed + ", operation " + i;
      List<Integer> expected = new ArrayList<>();
      players
          .get(random.nextInt(players.size()))
          .play(
              () -> {
                if (kind == 0 && !model.locked.contains(key)) {
                  assertEquals(model.resident.contains(key), table.remove(key), at);
                  if (model.resident.contains(key)) {
                    expected.addAll(model.removeEntry(key));
                  }
                } else if (kind == 1 && model.locked.size() < 3 && table.lock(key)) {
                  model.locked.add(key);
                } else if (kind == 2 && model.locked.contains(key)) {
                  table.unlock(key);
                  expected.addAll(model.unlock(key));
                } else {
                  table.call(key);
                  expected.addAll(model.call(key));
                }
              });
      assertEquals(expected, table.takeEvicted(), at);
      assertEquals(model.resident, table.nodes.keySet(), at);
      assertEquals(model.resident.size(), table.eviction.size(), at);
    }
    return table;
  }

  /** The bound holds; exactly the resident nodes are tracked; few dead ones are kept. */
  private static void assertSound(Table table, String at) {
    Evictor evictor = table.evictor;
    assertTrue(table.nodes.size() <= 100, at);
    assertEquals(table.nodes.size(), table.eviction.size(), at);
    assertEquals(table.nodes.size(), evictor.size(), at);
    assertTrue(evictor.dead() <= evictor.size() / 2, at);
    for (BoundedNode node : table.nodes.values()) {
      assertNull(node.pending, at);
    }
    Set<Object> offered = new HashSet<>();
    for (BoundedNode node; (node = evictor.victim(null)) != null; ) {
      assertSame(node, table.nodes.get(node.key()), at);
      assertTrue(offered.add(node.key()), at);
      evictor.remove(node);
    }
    evictor.endRound();
    assertEquals(table.nodes.keySet(), offered, at);
    assertEquals(0, evictor.size(), at);
  }

  private static void await(Future<?> task) {
    try {
      task.get(AWAIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("a task failed, or did not end within " + AWAIT_SECONDS + " s", e);
    }
  }

  /** Runs a task to its end, on some thread. */
  private interface Player {
    void play(Runnable task);
  }
}
