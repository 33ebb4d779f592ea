package io.klepto.jcache;

import io.klepto.jcache.entry.Node;
import io.klepto.jcache.store.MemoryTier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.cache.Cache;

/** Opens the memory of a cache to tests in other packages. */
public final class CacheMemory {
  private CacheMemory() {}

  /** Returns the memory of one of our caches. */
  public static MemoryTier of(Cache<?, ?> cache) {
    return ((TieredCache<?, ?>) cache).lifecycle().tiers().memory;
  }

  /** Returns the nodes that have a value. */
  public static List<Node> entries(MemoryTier memory) {
    List<Node> entries = new ArrayList<>();
    for (Iterator<Node> nodes = memory.nodes(); nodes.hasNext(); ) {
      Node node = nodes.next();
      if (node.value() != null) {
        entries.add(node);
      }
    }
    return entries;
  }
}
