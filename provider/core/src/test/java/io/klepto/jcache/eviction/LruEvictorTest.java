package io.klepto.jcache.eviction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LruEvictorTest extends EvictorContract {
  @Override
  Evictor evictor(int batch, long seed) {
    return new LruEvictor();
  }

  @Override
  Turns turns(Evictor evictor) {
    return ((LruEvictor) evictor).turns;
  }

  @Override
  Model model(int maxEntries, int batch, long seed) {
    return new AccessOrder(maxEntries, batch);
  }

  @Test
  void victims_areThoseUsedLongestAgo() {
    Table table = new Table(new LruEvictor(), 3, 2);
    table.calls(1, 2, 3, 1, 4);
    assertEquals(List.of(2, 3), table.evicted);
  }

  @Test
  void hit_afterAnOverlap_stillKeepsAnEntry() throws InterruptedException {
    Table table = new Table(new LruEvictor(), 10, 1);
    overlap(table.evictor);
    for (int key = 0; key < 1000; key++) {
      table.calls(-1, key);
    }
    assertTrue(table.has(-1));
    assertEquals(10, table.nodes.size());
    for (int key = 991; key < 1000; key++) {
      assertTrue(table.has(key), "entry " + key);
    }
  }

  /** A map in order of access. */
  private static final class AccessOrder extends Model {
    private final Map<Integer, Integer> order = new LinkedHashMap<>(16, 0.75f, true);

    AccessOrder(int maxEntries, int batch) {
      super(maxEntries, batch);
    }

    @Override
    void use(int key) {
      order.get(key);
    }

    @Override
    void add(int key) {
      order.put(key, key);
    }

    @Override
    void remove(int key) {
      order.remove(key);
    }

    @Override
    Integer victim(Integer newestKey) {
      return order.keySet().stream().filter(k -> !locked.contains(k)).findFirst().orElse(null);
    }
  }
}
