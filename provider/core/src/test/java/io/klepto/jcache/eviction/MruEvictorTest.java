package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MruEvictorTest extends EvictorContract {
  @Override
  Evictor evictor(int batch, long seed) {
    return new MruEvictor();
  }

  @Override
  Turns turns(Evictor evictor) {
    return ((MruEvictor) evictor).turns;
  }

  @Override
  Model model(int maxEntries, int batch, long seed) {
    return new Recency(maxEntries, batch);
  }

  @Test
  void victims_areThoseUsedLastBeforeTheNewest() {
    Table table = new Table(new MruEvictor(), 4, 2);
    table.calls(1, 2, 3, 4, 2, 5);
    assertEquals(List.of(2, 4), table.evicted);
  }

  @Test
  void victim_afterRemovalOfTheLastUsed_isTheOneBefore() {
    Table table = new Table(new MruEvictor(), 3, 1);
    table.calls(1, 2, 3, 1, 3);
    assertTrue(table.remove(3));
    table.calls(4, 5);
    assertEquals(List.of(4), table.evicted);
    table.remove(5);
    table.calls(6, 7);
    assertEquals(List.of(4, 6), table.evicted);
  }

  @Test
  void hits_moreThanTheLogHolds_areAllApplied() {
    Table table = new Table(new MruEvictor(), 200, 201);
    for (int key = 0; key < 200; key++) {
      table.call(key);
    }
    for (int key = 199; key >= 0; key--) {
      table.call(key);
    }
    table.call(200);
    assertEquals(IntStream.rangeClosed(0, 200).boxed().toList(), table.evicted);
  }

  @Test
  void hit_afterAnOverlap_stillMakesTheVictim() throws InterruptedException {
    Table table = new Table(new MruEvictor(), 3, 1);
    overlap(table.evictor);
    table.calls(1, 2, 3, 1, 1, 4);
    assertEquals(List.of(1), table.evicted);
  }

  /** A list in order of use. */
  private static final class Recency extends Model {
    private final List<Integer> order = new ArrayList<>();

    Recency(int maxEntries, int batch) {
      super(maxEntries, batch);
    }

    @Override
    void use(int key) {
      remove(key);
      order.add(key);
    }

    @Override
    void add(int key) {
      order.add(key);
    }

    @Override
    void remove(int key) {
      order.remove((Integer) key);
    }

    @Override
    Integer victim(Integer newestKey) {
      for (int i = order.size() - 1; i >= 0; i--) {
        Integer key = order.get(i);
        if (!key.equals(newestKey) && !locked.contains(key)) {
          return key;
        }
      }
      return order.contains(newestKey) && !locked.contains(newestKey) ? newestKey : null;
    }
  }
}
