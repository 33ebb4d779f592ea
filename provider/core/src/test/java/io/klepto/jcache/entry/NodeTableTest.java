package io.klepto.jcache.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.Crew;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeTableTest {
  private static final int THREADS = 4;
  private static final int HISTORIES = 5_000;
  private static final long PATIENCE_SECONDS = 30;

  /** A key with a hash of choice. */
  record HashedKey(int number, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** A key that does something when it is first compared with another of its hash. */
  private static final class InterruptingKey {
    private final int hash;
    private Runnable interruption;

    InterruptingKey(int hash, Runnable interruption) {
      this.hash = hash;
      this.interruption = interruption;
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      Runnable now = interruption;
      if (now != null) {
        interruption = null;
        now.run();
      }
      return this == other;
    }
  }

  /** As many different hashes as said; 1 puts all keys into one chain. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 1_000, Integer.MAX_VALUE})
  void randomCalls_agreeWithHashMap(int hashes) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NodeTable table = new NodeTable();
    Map<HashedKey, Node> model = new HashMap<>();
    int keys = hashes == 1 ? 100 : 3_000;
    for (int i = 0; i < 30_000; i++) {
      int number = random.nextInt(keys);
      HashedKey key = new HashedKey(number, number * 0x9E3779B9 % hashes);
      Node there = model.get(key);
      assertSame(there, table.find(key), () -> "seed " + seed);
      if (random.nextInt(3) == 0) {
        if (there != null) {
          table.remove(there);
          model.remove(key);
        }
      } else {
        Node fresh = new Node(key);
        assertSame(there, table.putIfAbsent(fresh), () -> "seed " + seed);
        model.putIfAbsent(key, fresh);
      }
      assertEquals(model.size(), table.size());
    }
    assertEquals(new HashSet<>(model.values()), walked(table));
  }

  @Test
  void remove_ofNodeThatIsNotThere_changesNothing() {
    NodeTable table = new NodeTable();
    Node node = new Node("k");
    table.putIfAbsent(node);
    table.remove(new Node("k"));
    assertSame(node, table.find("k"));
    assertEquals(1, table.size());
    table.remove(node);
    table.remove(node);
    assertNull(table.find("k"));
    assertEquals(0, table.size());
  }

  @Test
  void letGo_leavesAnEmptyTableThatWorks() {
    NodeTable table = new NodeTable();
    for (int i = 0; i < 1_000; i++) {
      table.putIfAbsent(new Node(i));
    }
    table.letGo();
    assertEquals(0, table.size());
    assertFalse(table.iterator().hasNext());
    assertNull(table.putIfAbsent(new Node(1)));
    assertNotNull(table.find(1));
  }

  @Test
  void walk_afterItsEnd_throws() {
    Iterator<Node> nodes = new NodeTable().iterator();
    assertThrows(NoSuchElementException.class, nodes::next);
  }

  @Test
  void walk_whileTheTableGrows_seesEachNodeThatStaysOnce() {
    NodeTable table = new NodeTable();
    Set<Node> staying = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Node node = new Node(new HashedKey(i, i % 7));
      staying.add(node);
      table.putIfAbsent(node);
    }
    int more = 1_000;
    List<Node> seen = new ArrayList<>();
    for (Iterator<Node> nodes = table.iterator(); nodes.hasNext(); ) {
      seen.add(nodes.next());
      for (int i = 0; i < 100 && more < 4_000; i++) {
        table.putIfAbsent(new Node(more++));
      }
    }
    assertEquals(seen.size(), new HashSet<>(seen).size());
    assertTrue(seen.containsAll(staying));
  }

  @Test
  void find_whileItsChainIsMoved_findsWhatIsFurtherOn() {
    NodeTable table = new NodeTable();
    InterruptingKey sought = new InterruptingKey(5, null);
    Node expected = new Node(sought);
    table.putIfAbsent(expected);
    table.putIfAbsent(new Node(new HashedKey(1, 5))); // is compared first
    sought.interruption = () -> grow(table);
    assertSame(expected, table.find(sought));
    assertNull(sought.interruption);
  }

  @Test
  void find_whileItsChainIsMoved_findsNothingIfThereIsNothing() {
    NodeTable table = new NodeTable();
    table.putIfAbsent(new Node(new HashedKey(1, 5)));
    assertNull(table.find(new InterruptingKey(5, () -> grow(table))));
  }

  @Test
  void putIfAbsent_whileItsChainIsMoved_addsOneNode() {
    NodeTable table = new NodeTable();
    table.putIfAbsent(new Node(new HashedKey(1, 5)));
    Node fresh = new Node(new InterruptingKey(5, () -> grow(table)));
    assertNull(table.putIfAbsent(fresh));
    assertSame(fresh, table.find(fresh.key()));
    assertTrue(walked(table).contains(fresh));
  }

  @Test
  void putIfAbsent_whileAnotherAddsTheKey_returnsTheOtherNode() {
    NodeTable table = new NodeTable();
    table.putIfAbsent(new Node(new HashedKey(1, 5)));
    InterruptingKey key = new InterruptingKey(5, null);
    Node other = new Node(key);
    key.interruption = () -> table.putIfAbsent(other);
    assertSame(other, table.putIfAbsent(new Node(key)));
    assertEquals(2, table.size());
  }

  @Test
  void remove_ofNodesAroundALookUp_doesNotEndIt() {
    NodeTable table = new NodeTable();
    List<Node> before = new ArrayList<>();
    InterruptingKey sought = new InterruptingKey(5, null);
    Node expected = new Node(sought);
    table.putIfAbsent(expected);
    for (int i = 0; i < 3; i++) {
      Node node = new Node(new HashedKey(i, 5));
      before.add(node);
      table.putIfAbsent(node);
    }
    sought.interruption = () -> before.forEach(table::remove);
    assertSame(expected, table.find(sought));
    assertEquals(Set.of(expected), walked(table));
  }

  @Test
  void putIfAbsent_whileTheLargerArrayIsAwaited_addsToTheSmaller() {
    List<Growth> growths = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    NodeTable table =
        new NodeTable(
            (slots, growth) -> {
              lengths.add(slots);
              growths.add(growth);
            });
    Set<Node> nodes = added(table, 0, 1_000);
    assertEquals(List.of(128), lengths);
    assertEquals(nodes, walked(table));

    growths.get(0).begin(new Node[128]);
    nodes.addAll(added(table, 1_000, 1_003));
    assertEquals(List.of(128, 256), lengths);
    assertEquals(nodes, walked(table));
    for (Node node : nodes) {
      assertSame(node, table.find(node.key()));
    }
  }

  @Test
  void putIfAbsent_withoutMemoryForALargerArray_triesAgainLater() {
    List<Long> sizes = new ArrayList<>();
    AtomicReference<NodeTable> itself = new AtomicReference<>();
    NodeTable table =
        new NodeTable(
            (slots, growth) -> {
              sizes.add(itself.get().size());
              if (slots == 128 && sizes.size() < 3) {
                growth.refuse();
              } else {
                growth.begin(new Node[slots]);
              }
            });
    itself.set(table);
    Set<Node> nodes = added(table, 0, 120);
    assertEquals(nodes, walked(table));
    assertEquals(List.of(50L, 62L, 78L), sizes.subList(0, 3)); // at the second of a pair
    for (Node node : nodes) {
      assertSame(node, table.find(node.key()));
    }
  }

  @Test
  void putIfAbsent_ofManyNodes_losesNoneWhileLargeArraysAreMadeAside() {
    NodeTable table = new NodeTable();
    Set<Node> nodes = added(table, 0, 1_000_000);
    for (Node node : nodes) {
      assertSame(node, table.find(node.key()));
    }
    assertEquals(nodes.size(), table.size());
  }

  /** Adds a node for each number, and returns them. */
  private static Set<Node> added(NodeTable table, int from, int to) {
    Set<Node> nodes = new HashSet<>();
    for (int i = from; i < to; i++) {
      Node node = new Node(new HashedKey(i, i / 2)); // in pairs
      assertNull(table.putIfAbsent(node));
      nodes.add(node);
    }
    return nodes;
  }

  /** Makes the table grow once, which turns the order of its chains. */
  private static void grow(NodeTable table) {
    for (int i = 0; i < 60; i++) {
      table.putIfAbsent(new Node(new HashedKey(10_000 + i, i % 20)));
    }
  }

  /**
   * Nodes that stay are found and walked over by everybody, whatever comes and goes around them.
   */
  @Test
  void manyThreads_missNothingThatStays() throws Exception {
    NodeTable table = new NodeTable();
    List<Node> staying = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Node node = new Node("staying " + i);
      staying.add(node);
      table.putIfAbsent(node);
    }
    AtomicBoolean over = new AtomicBoolean();
    Crew.together(
        THREADS,
        thread -> {
          if (thread % 2 == 0) {
            try {
              for (int round = 0; round < 20; round++) {
                churn(table, thread, 5_000);
              }
            } finally {
              over.set(true);
            }
          } else {
            do {
              for (Node node : staying) {
                assertSame(node, table.find(node.key()));
              }
              assertTrue(walked(table).containsAll(staying));
            } while (!over.get());
          }
        });
    assertEquals(new HashSet<>(staying), walked(table));
    assertEquals(staying.size(), table.size());
  }

  private static void churn(NodeTable table, int thread, int count) {
    List<Node> mine = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Node node = new Node("passing " + thread + " " + i);
      assertNull(table.putIfAbsent(node));
      mine.add(node);
    }
    for (Node node : mine) {
      assertSame(node, table.find(node.key()));
      table.remove(node);
      assertNull(table.find(node.key()));
    }
  }

  /** Short histories of a few keys in chains that are being moved, each checked as a whole. */
  @Test
  void histories_areLinearizable() throws Exception {
    long seed = new Random().nextLong();
    AtomicReference<NodeTableHistory> current = new AtomicReference<>();
    CyclicBarrier meeting = new CyclicBarrier(THREADS);
    Crew.together(
        THREADS,
        thread -> {
          for (int round = 0; round < HISTORIES; round++) {
            if (thread == 0) {
              current.set(new NodeTableHistory(nearlyFull()));
            }
            meeting.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            NodeTableHistory history = current.get();
            if (thread == 0) {
              history.fill();
            } else {
              history.act(new Random(seed + (long) round * THREADS + thread), 12);
            }
            meeting.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (thread == 0) {
              assertTrue(history.isLinearizable(), () -> "seed " + seed + ": " + history);
            }
          }
        });
  }

  /** Returns a table whose next additions make it grow, with long chains. */
  private static NodeTable nearlyFull() {
    NodeTable table = new NodeTable();
    for (int i = 0; i < 46; i++) {
      table.putIfAbsent(new Node(new HashedKey(1_000 + i, i % 4)));
    }
    return table;
  }

  private static Set<Node> walked(NodeTable table) {
    Set<Node> nodes = new HashSet<>();
    for (Iterator<Node> walk = table.iterator(); walk.hasNext(); ) {
      assertTrue(nodes.add(walk.next()), "a node came twice");
    }
    return nodes;
  }
}
