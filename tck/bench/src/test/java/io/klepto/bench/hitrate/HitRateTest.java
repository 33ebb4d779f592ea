package io.klepto.bench.hitrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.EvictionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our caches keep what their policies' definitions say, by the hits that they have on traces. */
final class HitRateTest {
  private static final long SEED = 20261123;
  private static final int LENGTH = 50_000;
  private static final int KEYS = 4_096;
  private static final int THREADS = 8;
  private static final double TOLERANCE_POINTS = 0.2;

  /**
   * Once calls overlap, MRU does not record a second hit of an entry until something is added, and
   * so keeps entries that its definition would give up.
   */
  private static final double MRU_TOLERANCE_POINTS = 1;

  private static final List<Integer> SIZES = List.of(1, 7, 256, 1_500, 4_095);

  static Stream<Arguments> all() {
    return Stream.of(TraceKind.values())
        .flatMap(
            kind -> Stream.of(EvictionPolicy.values()).map(policy -> Arguments.of(kind, policy)));
  }

  /** Without the policies that have no order: INF and NO are no question of threads. */
  static Stream<Arguments> ordered() {
    return all().filter(each -> ((EvictionPolicy) each.get()[1]).compareTo(EvictionPolicy.NO) < 0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void hits_ofOneThread_areTheModels(TraceKind kind, EvictionPolicy policy) {
    Trace trace = kind.generate(LENGTH, KEYS, SEED);
    for (int entries : SIZES) {
      assertEquals(
          expected(trace, policy, entries),
          Replay.replay(trace, policy, entries, SEED, 1).hits(),
          () -> policy + " of " + entries + " entries, seed " + SEED);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void hits_ofThreadsThatTakeTurns_areTheModels(TraceKind kind, EvictionPolicy policy)
      throws Exception {
    Trace trace = kind.generate(LENGTH, KEYS, SEED);
    int entries = 256;
    SplittableRandom random = new SplittableRandom(SEED);
    List<ExecutorService> relay = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      relay.add(Executors.newSingleThreadExecutor());
    }
    try (CachingProvider provider = new KleptoCachingProvider()) {
      Replay.Asked asked = Replay.asking(Replay.cache(provider, policy, entries, SEED));
      long hits = 0;
      for (int from = 0; from < trace.length(); ) {
        int begin = from;
        int end = Math.min(trace.length(), begin + 1 + random.nextInt(2 * Replay.SLICE));
        hits +=
            relay
                .get(random.nextInt(THREADS))
                .submit(() -> Replay.hitsOfOne(trace, asked, begin, end))
                .get(1, TimeUnit.MINUTES);
        from = end;
      }
      assertEquals(expected(trace, policy, entries), hits, "seed " + SEED);
    } finally {
      relay.forEach(ExecutorService::shutdownNow);
    }
  }

  @ParameterizedTest
  @MethodSource("ordered")
  void hits_ofThreadsAtOnce_areNearTheModels(TraceKind kind, EvictionPolicy policy) {
    Trace trace = kind.generate(3 * LENGTH, 2 * KEYS, SEED);
    // The choices of RR fall otherwise when threads overlap: by chance alone one run in some
    // hundreds would differ by as much as is allowed, the mean of three never.
    int runs = policy == EvictionPolicy.RR ? 3 : 1;
    for (int entries : List.of(1_024, 4_096)) {
      long expected = 0;
      long hits = 0;
      for (int i = 0; i < runs; i++) {
        Replay.Outcome ours = Replay.replay(trace, policy, entries, SEED + i, THREADS);
        expected += Replay.hits(ours.asked(), ReferenceModel.of(policy, entries, SEED + i));
        hits += ours.hits();
      }
      double points = 100.0 * (hits - expected) / trace.length() / runs;
      double allowed =
          policy == EvictionPolicy.MRU
              ? MRU_TOLERANCE_POINTS + spreadOfMru(trace, entries)
              : TOLERANCE_POINTS;
      assertTrue(
          Math.abs(points) <= allowed,
          () ->
              "%s of %d entries, seed %d: %.4f points from the model, expected at most %.4f"
                  .formatted(policy, entries, SEED, points, allowed));
    }
  }

  /**
   * Returns by how many points hits of the model itself differ over the order of calls in a round.
   * MRU is chaotic: one call that changes places with its neighbour decides which of the keys most
   * asked for stays out for long. The order in which calls begin is known, but not that in which
   * each takes effect.
   */
  private static double spreadOfMru(Trace trace, int entries) {
    int round = THREADS * Replay.SLICE;
    SplittableRandom random = new SplittableRandom(SEED);
    LongSummaryStatistics hits = new LongSummaryStatistics();
    for (int i = 0; i < 12; i++) {
      int[] keys = trace.keys().clone();
      for (int j = 0; j < keys.length; j++) {
        int end = Math.min(keys.length, (j / round + 1) * round);
        int other = j + random.nextInt(end - j);
        int key = keys[j];
        keys[j] = keys[other];
        keys[other] = key;
      }
      Trace reordered = new Trace(trace.title(), keys);
      hits.accept(expected(reordered, EvictionPolicy.MRU, entries));
    }
    return 100.0 * (hits.getMax() - hits.getMin()) / trace.length();
  }

  private static long expected(Trace trace, EvictionPolicy policy, int entries) {
    return Replay.hits(trace, ReferenceModel.of(policy, entries, SEED));
  }
}
