package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How a cache is bounded.
 *
 * @param policy which entry is evicted
 * @param maxEntries how many entries stay in memory: 0 for {@link EvictionPolicy#NO}, {@link
 *     #UNBOUNDED} for {@link EvictionPolicy#INF}
 * @param batch how many entries each round of eviction takes out, at least 1
 * @param seed where {@link EvictionPolicy#RR} starts its random numbers
 * @param purge whether an eviction dumps all and empties memory, with an archive to dump to
 */
public record EvictionSettings(
    EvictionPolicy policy, long maxEntries, int batch, long seed, boolean purge)
    implements Serializable {
  /** No bound on the number of entries. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /** Makes settings without purge. */
  public EvictionSettings(EvictionPolicy policy, long maxEntries, int batch, long seed) {
    this(policy, maxEntries, batch, seed, false);
  }

  /** Checks the ranges, and that policy and bound agree. */
  public EvictionSettings {
    requireNonNull(policy, "policy");
    requireNotNegative(maxEntries);
    if (batch < 1) {
      throw new IllegalArgumentException("batch: expected at least 1 entry, found " + batch);
    }
    if (policy == EvictionPolicy.NO && maxEntries != 0) {
      throw new IllegalArgumentException(
          "maxEntries: expected 0 entries with policy NO, found " + maxEntries);
    }
    if (policy == EvictionPolicy.INF && maxEntries != UNBOUNDED) {
      throw new IllegalArgumentException(
          "maxEntries: expected no bound with policy INF, found " + maxEntries);
    }
    if (policy != EvictionPolicy.NO && policy != EvictionPolicy.INF) {
      if (maxEntries == 0 || maxEntries == UNBOUNDED) {
        throw new IllegalArgumentException(
            "maxEntries: expected a bound of at least 1 entry with policy "
                + policy
                + ", found "
                + (maxEntries == 0 ? "0" : "none"));
      }
    }
  }

  /**
   * Returns the settings that follow from what was said: a bound of 0 means {@link
   * EvictionPolicy#NO}, no bound means {@link EvictionPolicy#INF}, and a bound without a policy
   * means {@link EvictionPolicy#LRU}.
   *
   * @param policy the policy that was asked for, or null
   * @param maxEntries the bound that was asked for, or null
   */
  static EvictionSettings of(EvictionPolicy policy, Long maxEntries, int batch, long seed) {
    if (maxEntries != null) {
      requireNotNegative(maxEntries);
    }
    if (policy == EvictionPolicy.NO || (maxEntries != null && maxEntries == 0)) {
      long bound = maxEntries == null ? 0 : maxEntries;
      return new EvictionSettings(EvictionPolicy.NO, bound, batch, seed);
    }
    if (policy == EvictionPolicy.INF || maxEntries == null) {
      long bound = maxEntries == null ? UNBOUNDED : maxEntries;
      return new EvictionSettings(EvictionPolicy.INF, bound, batch, seed);
    }
    EvictionPolicy chosen = policy == null ? EvictionPolicy.LRU : policy;
    return new EvictionSettings(chosen, maxEntries, batch, seed);
  }

  EvictionSettings withPurge(boolean purge) {
    return new EvictionSettings(policy, maxEntries, batch, seed, purge);
  }

  private static void requireNotNegative(long maxEntries) {
    if (maxEntries < 0) {
      throw new IllegalArgumentException(
          "maxEntries: expected at least 0 entries, found " + maxEntries);
    }
  }

  /** Returns whether the number of entries has a bound above 0. */
  public boolean isBounded() {
    return policy != EvictionPolicy.NO && policy != EvictionPolicy.INF;
  }
}
