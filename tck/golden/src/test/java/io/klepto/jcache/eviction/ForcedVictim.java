package io.klepto.jcache.eviction;

import static java.util.Comparator.comparingInt;

import io.klepto.jcache.CacheMemory;
import io.klepto.jcache.store.MemoryTier;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Makes RR evict the entry at a given place in the order of arrival, where klepto counts; RR itself
 * keeps no such order, so that it is kept here.
 *
 * <p>For one thread at a time, which calls {@link #catchUp} after every operation.
 */
public final class ForcedVictim {
  private final MemoryTier memory;
  private final Eviction eviction;
  private final IntUnaryOperator places;
  private final List<BoundedNode> arrived = new ArrayList<>();

  /**
   * Takes the choice of victims over.
   *
   * @param memory is bounded by RR
   * @param places is given the number of entries, and returns the place of the victim, from 0
   */
  public ForcedVictim(MemoryTier memory, IntUnaryOperator places) {
    this.memory = memory;
    this.eviction = evictionOf(memory);
    this.places = places;
    eviction.chooseBy(this::slot);
  }

  private static Eviction evictionOf(MemoryTier memory) {
    try {
      Field field = MemoryTier.class.getDeclaredField("eviction");
      field.setAccessible(true);
      return (Eviction) field.get(memory);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected the bound of a memory tier in its field", e);
    }
  }

  private int slot(int entries) {
    catchUp();
    if (arrived.size() != entries) {
      throw new IllegalStateException(
          "expected " + entries + " entries, found " + arrived.size() + " that arrived");
    }
    return eviction.slotOf(arrived.get(places.applyAsInt(entries)));
  }

  /** Takes note of who went and who came. Entries that came together count by their slots. */
  public void catchUp() {
    arrived.removeIf(node -> eviction.slotOf(node) < 0);
    CacheMemory.entries(memory).stream()
        .map(BoundedNode.class::cast)
        .filter(node -> eviction.slotOf(node) >= 0 && !arrived.contains(node))
        .sorted(comparingInt(eviction::slotOf))
        .forEach(arrived::add);
  }
}
