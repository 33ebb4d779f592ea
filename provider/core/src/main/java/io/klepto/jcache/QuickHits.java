package io.klepto.jcache;

import io.klepto.jcache.copy.Copiers;
import io.klepto.jcache.entry.Node;
import io.klepto.jcache.expiry.ExpiryRules;
import io.klepto.jcache.store.Hits;
import io.klepto.jcache.store.MemoryTier;

/**
 * Hits in the memory of one cache. Leaves to the cache whatever needs more than a look: copies,
 * transformed keys, values that may be over, and counting.
 */
final class QuickHits extends Hits {
  private final MemoryTier memory;
  private final Counting statistics;
  private final boolean timed;
  private final boolean takesAnyKey;
  private final boolean usable;

  QuickHits(Tiers<?, ?> tiers) {
    this.memory = tiers.memory;
    this.statistics = tiers.statistics;
    this.timed = tiers.timed;
    this.takesAnyKey = tiers.archive == null;
    this.usable =
        tiers.values == Copiers.identity()
            && !tiers.keys.areTransformed()
            && !tiers.expiry.readsMatter();
  }

  @Override
  public boolean takesAnyKey() {
    return takesAnyKey;
  }

  @Override
  public Object find(Object key) {
    if (!usable || statistics.isEnabled()) {
      return null;
    }
    Node node = memory.find(key);
    if (node == null || (timed && node.deadlineNanos() != ExpiryRules.FOREVER)) {
      return null;
    }
    Object value = node.value();
    if (value != null) {
      memory.used(node);
    }
    return value;
  }
}
