package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LfuEvictorTest extends EvictorContract {
  @Override
  Evictor evictor(int batch, long seed) {
    return new LfuEvictor(batch == 1);
  }

  @Override
  Turns turns(Evictor evictor) {
    return ((LfuEvictor) evictor).turns;
  }

  @Override
  Model model(int maxEntries, int batch, long seed) {
    return new Counts(maxEntries, batch);
  }

  @Test
  void victims_amongEquals_areThoseThatCameFirst() {
    Table table = new Table(new LfuEvictor(false), 3, 2);
    table.calls(3, 1, 2, 1, 4);
    assertEquals(List.of(3, 2), table.evicted);
  }

  @Test
  void victims_ofBatch_includeTheNewest() {
    Table table = new Table(new LfuEvictor(false), 2, 2);
    table.calls(1, 1, 1, 2, 2, 3);
    assertEquals(List.of(3, 2), table.evicted);
  }

  @Test
  void victim_ofOne_sparesTheNewest() {
    Table table = new Table(new LfuEvictor(true), 2, 1);
    table.calls(1, 1, 1, 2, 2, 3);
    assertEquals(List.of(2), table.evicted);
    table.call(4);
    assertEquals(List.of(2, 3), table.evicted);
  }

  @Test
  void count_ofEntryThatComesBack_beginsAnew() {
    Table table = new Table(new LfuEvictor(false), 2, 1);
    table.calls(1, 1, 1, 2, 2);
    assertTrue(table.remove(1));
    table.calls(1, 3);
    assertEquals(List.of(1), table.evicted);
  }

  @Test
  void hits_afterAnOverlap_areCountedRoughly() throws InterruptedException {
    Evictor evictor = new LfuEvictor(true);
    overlap(evictor);
    BoundedNode node = new BoundedNode(1);
    evictor.add(node);
    int hits = 1_000_000;
    for (int i = 0; i < hits; i++) {
      evictor.recordHit(node);
    }
    assertTrue(Math.abs(node.use - hits) < hits / 2, "counted " + node.use + " of " + hits);
  }

  /** A list in order of arrival, with a count each. */
  private static final class Counts extends Model {
    private final List<int[]> order = new ArrayList<>();
    private final boolean sparesNewest;

    Counts(int maxEntries, int batch) {
      super(maxEntries, batch);
      this.sparesNewest = batch == 1;
    }

    @Override
    void use(int key) {
      order.stream().filter(e -> e[0] == key).forEach(e -> e[1]++);
    }

    @Override
    void add(int key) {
      order.add(new int[] {key, 1});
    }

    @Override
    void remove(int key) {
      order.removeIf(e -> e[0] == key);
    }

    @Override
    Integer victim(Integer newestKey) {
      int[] least = null;
      int[] spared = null;
      for (int[] entry : order) {
        if (locked.contains(entry[0])) {
          continue;
        }
        if (sparesNewest && newestKey != null && newestKey == entry[0]) {
          spared = entry;
        } else if (least == null || entry[1] < least[1]) {
          least = entry;
        }
      }
      least = least == null ? spared : least;
      return least == null ? null : least[0];
    }
  }
}
