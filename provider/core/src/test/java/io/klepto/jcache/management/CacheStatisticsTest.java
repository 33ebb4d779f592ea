package io.klepto.jcache.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CacheStatisticsTest {
  private final AtomicLong clock = new AtomicLong();
  private final CacheStatistics statistics = new CacheStatistics(clock::get);
  private final CacheStatisticsBean bean = new CacheStatisticsBean(statistics);

  @Test
  void fresh_everythingIsZero() {
    assertEverythingIsZero();
  }

  @Test
  void hitsAndMisses_addUpToGetsAndPercentages() {
    statistics.hit(0);
    statistics.miss(0);
    statistics.gets(2, 0, 0);
    assertEquals(3, bean.getCacheHits());
    assertEquals(1, bean.getCacheMisses());
    assertEquals(4, bean.getCacheGets());
    assertEquals(75f, bean.getCacheHitPercentage());
    assertEquals(25f, bean.getCacheMissPercentage());
  }

  @Test
  void onlyMisses_percentagesAreZeroAndHundred() {
    statistics.gets(0, 7, 0);
    assertEquals(0f, bean.getCacheHitPercentage());
    assertEquals(100f, bean.getCacheMissPercentage());
  }

  @Test
  void hugeCounts_percentageIsStillRight() {
    for (int i = 0; i < 100_000; i++) {
      statistics.gets(Integer.MAX_VALUE, 0, 0);
    }
    statistics.gets(0, Integer.MAX_VALUE, 0);
    assertEquals(99.999f, bean.getCacheHitPercentage(), 0.0001f);
  }

  @Test
  void gets_moreKeysThanAnIntHolds_areTimed() {
    long ticket = statistics.startGet();
    clock.addAndGet(1_000L * 2 * Integer.MAX_VALUE);
    statistics.gets(Integer.MAX_VALUE, Integer.MAX_VALUE, ticket);
    assertEquals(1f, bean.getAverageGetTime());
  }

  @Test
  void eachCounter_countsItsOwn() {
    statistics.put(0);
    statistics.puts(2, 0);
    statistics.removal(0);
    statistics.removals(4, 0);
    statistics.evicted(7);
    statistics.loaded(11);
    statistics.bypassed();
    assertEquals(3, bean.getCachePuts());
    assertEquals(5, bean.getCacheRemovals());
    assertEquals(7, bean.getCacheEvictions());
    assertEquals(11, statistics.loadCount());
    assertEquals(1, statistics.bypassCount());
    assertEquals(0, bean.getCacheGets());
  }

  @Test
  void averages_areByKindInMicroseconds() {
    statistics.hit(after(2_000, statistics.startGet()));
    statistics.miss(after(4_000, statistics.startGet()));
    statistics.put(after(5_000, statistics.startPut()));
    statistics.removal(after(7_000, statistics.startRemoval()));
    assertEquals(3f, bean.getAverageGetTime());
    assertEquals(5f, bean.getAveragePutTime());
    assertEquals(7f, bean.getAverageRemoveTime());
  }

  @Test
  void oneOperationOfTwoKinds_isTimedAsBoth() {
    long ticket = after(3_000, statistics.startGet());
    statistics.hit(ticket);
    statistics.put(ticket);
    assertEquals(3f, bean.getAverageGetTime());
    assertEquals(3f, bean.getAveragePutTime());
  }

  @Test
  void firstGetAfterManyPuts_isTimed() {
    for (int i = 0; i < 1_000; i++) {
      statistics.put(after(1_000, statistics.startPut()));
    }
    statistics.hit(after(9_000, statistics.startGet()));
    assertEquals(9f, bean.getAverageGetTime());
  }

  @Test
  void systemClock_averageIsPositive() {
    CacheStatistics real = new CacheStatistics();
    long ticket = real.startGet();
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < 1_000) {
      Thread.onSpinWait();
    }
    real.hit(ticket);
    assertTrue(real.averageGetMicros() >= 1f, () -> "found " + real.averageGetMicros());
  }

  @Test
  void clear_everythingIsZeroAgain() {
    statistics.gets(1, 1, after(1_000, statistics.startGet()));
    statistics.put(after(1_000, statistics.startPut()));
    statistics.removal(after(1_000, statistics.startRemoval()));
    statistics.evicted(1);
    statistics.loaded(1);
    statistics.bypassed();
    bean.clear();
    assertEverythingIsZero();
  }

  @Test
  void manyThreads_nothingIsLost() throws Exception {
    CacheStatistics real = new CacheStatistics();
    int threads = 8;
    int rounds = 20_000;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    real.hit(real.startGet());
                    real.gets(1, 2, real.startGet());
                    real.put(real.startPut());
                    real.removals(3, real.startRemoval());
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    long all = (long) threads * rounds;
    assertEquals(2 * all, real.hitCount());
    assertEquals(2 * all, real.missCount());
    assertEquals(all, real.putCount());
    assertEquals(3 * all, real.removalCount());
  }

  private long after(long nanos, long ticket) {
    clock.addAndGet(nanos);
    return ticket;
  }

  private void assertEverythingIsZero() {
    assertEquals(0, bean.getCacheHits());
    assertEquals(0, bean.getCacheMisses());
    assertEquals(0, bean.getCacheGets());
    assertEquals(0, bean.getCachePuts());
    assertEquals(0, bean.getCacheRemovals());
    assertEquals(0, bean.getCacheEvictions());
    assertEquals(0f, bean.getCacheHitPercentage());
    assertEquals(0f, bean.getCacheMissPercentage());
    assertEquals(0f, bean.getAverageGetTime());
    assertEquals(0f, bean.getAveragePutTime());
    assertEquals(0f, bean.getAverageRemoveTime());
    assertEquals(0, statistics.loadCount());
    assertEquals(0, statistics.bypassCount());
  }
}
