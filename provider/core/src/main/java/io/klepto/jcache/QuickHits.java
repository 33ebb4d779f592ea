package io.klepto.jcache;

import io.klepto.jcache.coherence.Coherent;
import io.klepto.jcache.copy.Copiers;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.entry.NodeTable;
import io.klepto.jcache.eviction.BoundedNode;
import io.klepto.jcache.eviction.Eviction;
import io.klepto.jcache.expiry.ExpiryRules;
import io.klepto.jcache.store.Hits;

/**
 * Hits in the memory of one cache. Leaves to the cache whatever needs more than a look: copies,
 * transformed keys, values that may be over, and counting.
 */
final class QuickHits extends Hits {
  private final Eviction evictionOrNull;
  private final Counting statistics;
  private final boolean timed;
  private final boolean takesAnyKey;
  private final Coherent<?, ?> coherent;

  /** The table of memory; one that stays empty if hits can't be quick in this cache. */
  private final NodeTable table;

  QuickHits(Tiers<?, ?> tiers) {
    this.evictionOrNull = tiers.memory.evictionOrNull();
    this.statistics = tiers.statistics;
    this.timed = tiers.timed;
    this.takesAnyKey = tiers.place == null;
    this.coherent = tiers.coherent;
    boolean usable =
        tiers.values == Copiers.identity()
            && !tiers.keys.areTransformed()
            && !tiers.expiry.readsMatter();
    this.table = usable ? tiers.memory.table() : new NodeTable();
  }

  @Override
  public boolean takesAnyKey() {
    return takesAnyKey;
  }

  @Override
  public Object find(Object key) {
    Node node = table.find(key);
    if (node == null
        || (timed && node.deadlineNanos() != ExpiryRules.FOREVER)
        || statistics.isEnabled()) {
      return null;
    }
    Object value = node.value();
    if (value != null && coherent != null) {
      value = coherent.isCurrent(value) ? coherent.value(value) : null;
    }
    if (evictionOrNull != null && value != null) {
      evictionOrNull.hit((BoundedNode) node);
    }
    return value;
  }
}
