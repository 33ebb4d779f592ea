package io.klepto.jcache.management;

import static java.util.Objects.requireNonNull;

import javax.cache.management.CacheStatisticsMXBean;

/**
 * The statistics of one cache as JSR-107 presents them. Percentages and averages are 0 where there
 * is nothing to divide by. Thread-safe.
 */
public final class CacheStatisticsBean implements CacheStatisticsMXBean {
  private final CacheStatistics statistics;

  /** Makes a bean that reads these counters whenever it is asked. */
  public CacheStatisticsBean(CacheStatistics statistics) {
    this.statistics = requireNonNull(statistics, "statistics");
  }

  @Override
  public void clear() {
    statistics.clear();
  }

  @Override
  public long getCacheHits() {
    return statistics.hitCount();
  }

  @Override
  public float getCacheHitPercentage() {
    long hits = statistics.hitCount();
    return percentage(hits, hits + statistics.missCount());
  }

  @Override
  public long getCacheMisses() {
    return statistics.missCount();
  }

  @Override
  public float getCacheMissPercentage() {
    long misses = statistics.missCount();
    return percentage(misses, misses + statistics.hitCount());
  }

  @Override
  public long getCacheGets() {
    return statistics.hitCount() + statistics.missCount();
  }

  @Override
  public long getCachePuts() {
    return statistics.putCount();
  }

  @Override
  public long getCacheRemovals() {
    return statistics.removalCount();
  }

  @Override
  public long getCacheEvictions() {
    return statistics.evictionCount();
  }

  @Override
  public float getAverageGetTime() {
    return statistics.averageGetMicros();
  }

  @Override
  public float getAveragePutTime() {
    return statistics.averagePutMicros();
  }

  @Override
  public float getAverageRemoveTime() {
    return statistics.averageRemovalMicros();
  }

  private static float percentage(long part, long whole) {
    return whole == 0 ? 0 : (float) (100.0 * part / whole);
  }
}
