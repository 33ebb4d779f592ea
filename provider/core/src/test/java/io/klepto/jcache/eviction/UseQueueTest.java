package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Compared with a sorted set; what is recorded of a node when it is put in stands in its name. */
final class UseQueueTest {
  private static final int STEPS = 20_000;
  private static final Comparator<Recorded> ORDER =
      Comparator.comparingLong(Recorded::use).thenComparingLong(Recorded::arrival);

  private record Recorded(long use, long arrival) {
    BoundedNode node() {
      BoundedNode node = new BoundedNode(this);
      node.use = use;
      node.slot = 1;
      return node;
    }
  }

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final NavigableSet<Recorded> expected = new TreeSet<>(ORDER);
  private UseQueue queue = new UseQueue(/* byArrival= */ true);
  private long arrivals;

  private void append(long use) {
    Recorded recorded = new Recorded(use, ++arrivals);
    expected.add(recorded);
    queue.append(recorded.node(), recorded.use, recorded.arrival);
  }

  private void push(long use) {
    Recorded recorded = new Recorded(use, ++arrivals);
    expected.add(recorded);
    queue.push(recorded.node(), recorded.use, recorded.arrival);
  }

  private void pop() {
    Recorded least = expected.pollFirst();
    assertEquals(least, queue.pop().key(), "seed " + seed);
    assertEquals(least.arrival, queue.poppedArrival(), "seed " + seed);
  }

  @Test
  void pop_ofArrivalsAndOfThosePutBack_returnsByUseThenByArrival() {
    long clock = 0;
    for (int step = 0; step < STEPS; step++) {
      clock += random.nextInt(3);
      int size = queue.length();
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> append(clock);
        case 3 -> append(random.nextInt((int) clock + 1)); // out of order
        case 4 -> push(random.nextInt((int) clock + 1));
        default -> {
          if (size > 0 && random.nextInt(100) < 90) {
            pop();
          }
        }
      }
      assertEquals(expected.size(), queue.length(), "seed " + seed);
    }
    while (queue.length() > 0) {
      pop();
    }
  }

  @Test
  void append_ofManyAndFew_keepsTheOrderWhileTheLineGrowsAndShrinks() {
    for (int most = 1; most <= 3_000; most = most * 3 / 2 + 1) {
      while (queue.length() < most) {
        append(arrivals);
      }
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        pop();
      }
      assertEquals(0, queue.sweep(queue.length()));
      assertEquals(expected.size(), queue.length(), "seed " + seed);
    }
    while (queue.length() > 0) {
      pop();
    }
  }

  @Test
  void sweep_dropsUntrackedNodes_andKeepsTheOrderOfTheOthers() {
    for (int i = 0; i < 1_000; i++) {
      Recorded recorded = new Recorded(i / 3, ++arrivals);
      BoundedNode node = recorded.node();
      node.slot = random.nextInt(4) == 0 ? 1 : 0;
      if (random.nextBoolean()) {
        queue.append(node, recorded.use, recorded.arrival);
      } else {
        queue.push(node, recorded.use, recorded.arrival);
      }
      if (node.slot != 0) {
        expected.add(recorded);
      }
    }
    while (queue.sweep(queue.length()) > 0) {
      assertTrue(queue.length() >= expected.size());
    }
    assertEquals(expected.size(), queue.length(), "seed " + seed);
    while (queue.length() > 0) {
      pop();
    }
  }

  /** Removes most of many nodes, and puts in and takes out others, as a policy does. */
  @Test
  void sweep_afterEachOfManyRemovals_leavesFewDead() {
    List<BoundedNode> live = new ArrayList<>();
    int dead = 0;
    for (int step = 0; step < 300_000; step++) {
      boolean growing = step < 100_000;
      switch (random.nextInt(growing ? 2 : 5)) {
        case 0, 1 -> {
          Recorded recorded = new Recorded(step, ++arrivals);
          BoundedNode node = recorded.node();
          live.add(node);
          expected.add(recorded);
          if (random.nextBoolean()) {
            queue.append(node, recorded.use, recorded.arrival);
          } else {
            queue.push(node, recorded.use, recorded.arrival);
          }
        }
        case 2 -> dead -= popLive();
        default -> {
          Collections.swap(live, random.nextInt(live.size()), live.size() - 1);
          BoundedNode removed = live.remove(live.size() - 1);
          if (removed.slot != 0) {
            removed.slot = 0;
            expected.remove(removed.key());
            dead++;
          }
        }
      }
      dead -= queue.sweep(growing ? 0 : 8);
      assertEquals(expected.size() + dead, queue.length(), "seed " + seed);
      assertTrue(dead <= expected.size() / 2 + 2_048, "dead: " + dead + ", seed " + seed);
    }
    while (!expected.isEmpty()) {
      dead -= popLive();
    }
  }

  /** Takes the least tracked node out, and the others before it; returns how many those were. */
  private int popLive() {
    Recorded least = expected.pollFirst();
    for (int others = 0; ; others++) {
      BoundedNode popped = queue.pop();
      if (popped.slot != 0) {
        assertEquals(least, popped.key(), "seed " + seed);
        popped.slot = 0;
        return others;
      }
    }
  }

  @Test
  void append_ofUsesFarApart_keepsThemWhole() {
    long clock = 0;
    for (int i = 0; i < 200; i++) {
      clock +=
          switch (random.nextInt(4)) {
            case 0 -> 0xFFFF_FFFFL;
            case 1 -> 0x1_0000_0000L;
            case 2 -> 1L << 40;
            default -> 1;
          };
      append(clock);
    }
    append(1L << 62);
    append((1L << 62) + 1);
    while (queue.length() > 0) {
      pop();
    }
    append(3); // lower than all before, as the queue was empty
    append(2);
    pop();
    pop();
  }

  @Test
  void hasLess_looksAtLineAndHeap_andAtArrivalsIfTheyAreKept() {
    assertFalse(queue.hasLess(Long.MAX_VALUE, 0));
    append(5);
    assertTrue(queue.hasLess(5, 2));
    assertFalse(queue.hasLess(5, 1));
    push(4);
    assertTrue(queue.hasLess(5, 1));
    queue = new UseQueue(/* byArrival= */ false);
    append(5);
    assertTrue(queue.hasLess(6, 0));
    assertFalse(queue.hasLess(5, 100));
  }
}
