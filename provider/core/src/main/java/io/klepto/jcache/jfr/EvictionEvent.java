package io.klepto.jcache.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

/** One round of evictions from a cache's memory, with the dumps that it took. */
@Name("io.klepto.Eviction")
@Label("Eviction")
@Category("Klepto")
@Description("Entries left the memory of a cache for want of room")
@Threshold("10 ms")
final class EvictionEvent extends Event {
  @Label("Cache")
  String cache;

  @Label("Policy")
  String policy;

  @Label("Victims")
  long victims;

  @Label("Purge")
  @Description("Whether a victim took all other entries with it")
  boolean purge;

  /** Returns an event that has begun, or null if no recording has it enabled. */
  static EvictionEvent begun() {
    EvictionEvent event = new EvictionEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  void end(RecordedEvictions source, long count, boolean isPurge) {
    end();
    if (count > 0 && shouldCommit()) {
      cache = source.cacheName();
      policy = source.policy().name();
      victims = count;
      purge = isPurge;
      commit();
    }
  }
}
