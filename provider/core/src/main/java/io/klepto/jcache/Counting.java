package io.klepto.jcache;

import io.klepto.jcache.management.CacheStatistics;
import io.klepto.jcache.through.ArchiveFailures;

/**
 * The cache's counters behind a switch: while statistics are off, nothing is counted or timed, and
 * an operation pays one read of a flag. Safe for use by many threads.
 */
final class Counting implements ArchiveFailures {
  private final CacheStatistics statistics = new CacheStatistics();
  private volatile boolean enabled;

  void enable(boolean enabled) {
    this.enabled = enabled;
  }

  boolean isEnabled() {
    return enabled;
  }

  CacheStatistics statistics() {
    return statistics;
  }

  long startGet() {
    return enabled ? statistics.startGet() : 0;
  }

  long startPut() {
    return enabled ? statistics.startPut() : 0;
  }

  long startRemoval() {
    return enabled ? statistics.startRemoval() : 0;
  }

  void hit(long ticket) {
    if (enabled) {
      statistics.hit(ticket);
    }
  }

  void miss(long ticket) {
    if (enabled) {
      statistics.miss(ticket);
    }
  }

  /** Counts a look-up by what it found. */
  void found(boolean hit, long ticket) {
    if (hit) {
      hit(ticket);
    } else {
      miss(ticket);
    }
  }

  void gets(int hits, int misses, long ticket) {
    if (enabled) {
      statistics.gets(hits, misses, ticket);
    }
  }

  void put(long ticket) {
    if (enabled) {
      statistics.put(ticket);
    }
  }

  void puts(int count, long ticket) {
    if (enabled) {
      statistics.puts(count, ticket);
    }
  }

  void removal(long ticket) {
    if (enabled) {
      statistics.removal(ticket);
    }
  }

  void removals(int count, long ticket) {
    if (enabled) {
      statistics.removals(count, ticket);
    }
  }

  void evicted() {
    if (enabled) {
      statistics.evicted(1);
    }
  }

  void loaded() {
    if (enabled) {
      statistics.loaded(1);
    }
  }

  void dumped(int count) {
    if (enabled) {
      statistics.dumped(count);
    }
  }

  @Override
  public void readFailed() {
    if (enabled) {
      statistics.readFailed();
    }
  }

  @Override
  public void writesFailed(int count) {
    if (enabled) {
      statistics.writesFailed(count);
    }
  }

  void bypassed() {
    if (enabled) {
      statistics.bypassed();
    }
  }
}
