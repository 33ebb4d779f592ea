package io.klepto.jcache;

import io.klepto.jcache.management.CacheStatistics;
import io.klepto.jcache.through.SecondTier;

/** The bean of one cache and its archive. As safe for many threads as what it reads. */
final class ArchiveBean implements CacheArchiveMXBean {
  private final CacheStatistics statistics;
  private final SecondTier<?, ?> placeOrNull;

  ArchiveBean(CacheStatistics statistics, SecondTier<?, ?> placeOrNull) {
    this.statistics = statistics;
    this.placeOrNull = placeOrNull;
  }

  @Override
  public long getLoads() {
    return statistics.loadCount();
  }

  @Override
  public long getDumps() {
    return statistics.dumpCount();
  }

  @Override
  public long getFailedReads() {
    return statistics.failedReadCount();
  }

  @Override
  public long getFailedWrites() {
    return statistics.failedWriteCount();
  }

  @Override
  public long getBypasses() {
    return statistics.bypassCount();
  }

  @Override
  public long getQueueLength() {
    return placeOrNull == null ? 0 : placeOrNull.queueLength();
  }

  @Override
  public long getRefusedWrites() {
    return placeOrNull == null ? 0 : placeOrNull.refusedWrites();
  }
}
