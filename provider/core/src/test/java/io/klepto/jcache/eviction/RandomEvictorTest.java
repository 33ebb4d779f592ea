package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.config.EvictionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomEvictorTest extends EvictorContract {
  @Override
  Evictor evictor(int batch, long seed) {
    return new RandomEvictor(seed);
  }

  @Override
  Turns turns(Evictor evictor) {
    return null;
  }

  @Override
  Model model(int maxEntries, int batch, long seed) {
    return new Draws(maxEntries, batch, seed);
  }

  @Test
  void victims_areUniform() {
    long seed = System.nanoTime();
    int entries = 20;
    int rounds = 40_000;
    Table table = new Table(new RandomEvictor(seed), entries - 1, 1);
    for (int key = 1; key < entries; key++) {
      table.call(key);
    }
    int[] counts = new int[entries];
    for (int round = 0; round < rounds; round++) {
      BoundedNode[] slots = new BoundedNode[entries];
      table.nodes.values().forEach(node -> slots[table.eviction.slotOf(node)] = node);
      table.call(entries + round);
      int victim = table.takeEvicted().get(0);
      int slot = entries - 1;
      for (int i = 0; i < entries - 1; i++) {
        slot = slots[i].key().equals(victim) ? i : slot;
      }
      counts[slot]++;
    }
    double expected = (double) rounds / entries;
    double chiSquared = 0;
    for (int count : counts) {
      chiSquared += (count - expected) * (count - expected) / expected;
    }
    // 19 degrees of freedom: exceeded once in a million runs.
    assertTrue(chiSquared < 63.2, "seed " + seed + ": chi-squared " + chiSquared);
  }

  @Test
  void chooseBy_forcesTheVictim_andTheLastTakesItsSlot() {
    List<Integer> victims = new ArrayList<>();
    Eviction[] eviction = new Eviction[1];
    BoundedNode[] nodes = new BoundedNode[5];
    eviction[0] =
        Eviction.of(
            EvictionPolicy.RR,
            3,
            1,
            1,
            Table.UNTOLD,
            node -> {
              victims.add((Integer) node.key());
              node.retire();
              return true;
            });
    for (int i = 0; i < 3; i++) {
      nodes[i] = new BoundedNode(i);
      eviction[0].added(nodes[i]);
      assertEquals(i, eviction[0].slotOf(nodes[i]));
    }
    eviction[0].chooseBy(size -> eviction[0].slotOf(nodes[1]));
    nodes[3] = new BoundedNode(3);
    eviction[0].added(nodes[3]);
    assertEquals(List.of(1), victims);
    assertEquals(-1, eviction[0].slotOf(nodes[1]));
    assertEquals(1, eviction[0].slotOf(nodes[3]));
    eviction[0].chooseBy(size -> size - 1);
    nodes[4] = new BoundedNode(4);
    eviction[0].added(nodes[4]);
    assertEquals(List.of(1, 4), victims);
    assertEquals(1, eviction[0].slotOf(nodes[3]));
  }

  /** A list with a slot for each entry, those that turned out to be locked at the end. */
  private static final class Draws extends Model {
    private final List<Integer> slots = new ArrayList<>();
    private final SplittableRandom random;
    private int refused;

    Draws(int maxEntries, int batch, long seed) {
      super(maxEntries, batch);
      this.random = new SplittableRandom(seed);
    }

    @Override
    void use(int key) {}

    @Override
    void add(int key) {
      slots.add(key);
    }

    @Override
    void remove(int key) {
      int slot = slots.indexOf(key);
      int lastChoosable = slots.size() - refused - 1;
      Collections.swap(slots, slot, lastChoosable);
      Collections.swap(slots, lastChoosable, slots.size() - 1);
      slots.remove(slots.size() - 1);
    }

    @Override
    Integer victim(Integer newestKey) {
      while (refused < slots.size()) {
        int choosable = slots.size() - refused;
        int slot = random.nextInt(choosable);
        if (!locked.contains(slots.get(slot))) {
          return slots.get(slot);
        }
        Collections.swap(slots, slot, choosable - 1);
        refused++;
      }
      return null;
    }

    @Override
    void endRound() {
      refused = 0;
    }
  }
}
