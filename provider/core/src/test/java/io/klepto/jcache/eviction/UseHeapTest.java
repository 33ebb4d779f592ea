package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UseHeapTest {
  @Test
  void pop_returnsByUseThenByArrival() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    UseHeap heap = new UseHeap(true);
    List<BoundedNode> nodes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      BoundedNode node = node(i, random.nextInt(50));
      nodes.add(node);
      heap.push(node, node.use, i);
    }
    nodes.sort(Comparator.comparingLong(node -> node.use));
    for (BoundedNode node : nodes) {
      assertSame(node, heap.pop(), "seed " + seed);
      assertEquals(((Integer) node.key()).longValue(), heap.poppedArrival(), "seed " + seed);
    }
    assertEquals(0, heap.length());
  }

  @Test
  void hasLess_amongEquals_goesByArrivalOrIsFalse() {
    UseHeap byArrival = new UseHeap(true);
    UseHeap byUse = new UseHeap(false);
    assertFalse(byUse.hasLess(Long.MAX_VALUE, 0));
    byArrival.push(node(1, 5), 5, 10);
    byUse.push(node(1, 5), 5, 10);
    assertTrue(byArrival.hasLess(5, 11));
    assertFalse(byArrival.hasLess(5, 10));
    assertFalse(byUse.hasLess(5, 11));
    assertTrue(byUse.hasLess(6, 0));
    assertFalse(byUse.hasLess(4, 0));
  }

  @Test
  void sweep_dropsUntrackedNodes_fewAtATime() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    UseHeap heap = new UseHeap(true);
    List<BoundedNode> live = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) { // several pages
      BoundedNode node = node(i, random.nextInt(5_000));
      heap.push(node, node.use, i);
      node.slot = random.nextInt(10) == 0 ? 1 : 0;
      if (node.slot != 0) {
        live.add(node);
      }
    }
    int dead = heap.length() - live.size();
    for (int round = 0; dead > 0; round++) {
      assertTrue(round < 40_000, () -> "not done after 8 rounds of all, seed " + seed);
      int dropped = heap.sweep(8);
      assertTrue(dropped <= 8);
      dead -= dropped;
      assertEquals(live.size() + dead, heap.length(), "seed " + seed);
    }
    live.sort(Comparator.comparingLong(node -> node.use));
    for (BoundedNode node : live) {
      assertSame(node, heap.pop(), "seed " + seed);
    }
    assertEquals(0, heap.sweep(8));
  }

  @Test
  void pushAndPop_acrossPages_keepTheOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    UseHeap heap = new UseHeap(false);
    PriorityQueue<Long> model = new PriorityQueue<>();
    for (int most : new int[] {100_000, 0, 20_000, 8_000, 17_000, 0}) {
      while (model.size() != most) {
        if (random.nextInt(4) == 0 ? model.isEmpty() : model.size() < most) {
          BoundedNode node = node(0, random.nextLong());
          model.add(node.use);
          heap.push(node, node.use, 0);
        } else {
          assertEquals(model.remove(), heap.pop().use, "seed " + seed);
        }
      }
      assertEquals(most, heap.length());
    }
  }

  private static BoundedNode node(int key, long use) {
    BoundedNode node = new BoundedNode(key);
    node.use = use;
    return node;
  }
}
