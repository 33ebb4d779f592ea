package io.klepto.bench.hitrate;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.EvictionPolicy;
import io.klepto.jcache.config.KleptoConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;

/**
 * Replays a trace, and counts the hits: each key is asked for, and put if it is not there.
 *
 * <p><b>Several threads</b> share one trace: in each round, each has the next {@value #SLICE} keys
 * for itself, and all wait for each other before the next round. So all are inside the cache at
 * once, and it is still the trace that is replayed. Which order the calls had within a round
 * matters to MRU, whose model differs by half a point over it: so each call draws a number before
 * it begins, and the model has to be asked in that order. What differs then is what the policy does
 * not record under contention.
 *
 * <p>Without rounds, more threads than processors would show what the system's scheduler does: a
 * thread that stands still while it evicts lets a cache exceed its bound by up to 64 entries until
 * it goes on, for thousands of calls, and with MRU those are the ones most asked for. Had each
 * thread a part of its own, from one end to the other, the cache would see several programs at once
 * that want different keys, and nothing would follow from it for the trace.
 */
final class Replay {
  /** How many keys a thread asks for in a round. */
  static final int SLICE = 16;

  /** Asks a cache for a key, and gives it to the cache if it has not got it. */
  @FunctionalInterface
  interface Asked {
    /** Returns whether it was there. */
    boolean ask(int key);
  }

  /**
   * What came of a replay.
   *
   * @param hits how many calls were answered from memory
   * @param asked the trace in the order of the calls
   */
  record Outcome(long hits, Trace asked) {}

  private Replay() {}

  /** Returns how many calls a model answers from what it has. */
  static long hits(Trace trace, ReferenceModel model) {
    return hitsOfOne(trace, model::ask, 0, trace.length());
  }

  /**
   * Replays a trace through a cache of ours.
   *
   * @param threads how many share the trace, at least 1
   */
  static Outcome replay(Trace trace, EvictionPolicy policy, int entries, long seed, int threads) {
    try (CachingProvider provider = new KleptoCachingProvider()) {
      Cache<Integer, Integer> cache = cache(provider, policy, entries, seed);
      return replay(trace, asking(cache), threads);
    }
  }

  /** Returns how many calls Caffeine answers that does its maintenance in the calling thread. */
  static long hitsOfCaffeine(Trace trace, int entries, int threads) {
    com.github.benmanes.caffeine.cache.Cache<Integer, Integer> cache =
        Caffeine.newBuilder().maximumSize(entries).executor(Runnable::run).build();
    return replay(
            trace,
            key -> {
              boolean hit = cache.getIfPresent(key) != null;
              if (!hit) {
                cache.put(key, key);
              }
              return hit;
            },
            threads)
        .hits();
  }

  /** Makes a cache of ours, by reference. */
  static Cache<Integer, Integer> cache(
      CachingProvider provider, EvictionPolicy policy, int entries, long seed) {
    boolean isBounded = policy != EvictionPolicy.INF && policy != EvictionPolicy.NO;
    var configuration =
        KleptoConfiguration.builder(
                new MutableConfiguration<Integer, Integer>()
                    .setTypes(Integer.class, Integer.class)
                    .setStoreByValue(false))
            .policy(policy)
            .seed(seed);
    return provider
        .getCacheManager()
        .createCache(
            "trace", (isBounded ? configuration.maxEntries(entries) : configuration).build());
  }

  /** Asks a cache of ours by the standard's calls. */
  static Asked asking(Cache<Integer, Integer> cache) {
    return key -> {
      boolean hit = cache.get(key) != null;
      if (!hit) {
        cache.put(key, key);
      }
      return hit;
    };
  }

  private static Outcome replay(Trace trace, Asked asked, int threads) {
    if (threads == 1) {
      return new Outcome(hitsOfOne(trace, asked, 0, trace.length()), trace);
    }
    int[] order = new int[trace.length()];
    AtomicInteger calls = new AtomicInteger();
    Asked numbered =
        key -> {
          order[calls.getAndIncrement()] = key;
          return asked.ask(key);
        };
    long hits = hitsOfMany(trace, numbered, threads);
    return new Outcome(hits, new Trace(trace.title(), order));
  }

  /** Returns the hits of the calls from one to before another, by the calling thread. */
  static long hitsOfOne(Trace trace, Asked asked, int from, int to) {
    long hits = 0;
    for (int i = from; i < to; i++) {
      hits += asked.ask(trace.keys()[i]) ? 1 : 0;
    }
    return hits;
  }

  private static long hitsOfMany(Trace trace, Asked asked, int threads) {
    CyclicBarrier round = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int first = i * SLICE;
        all.add(pool.submit(() -> hitsInRounds(trace, asked, first, threads * SLICE, round)));
      }
      long hits = 0;
      for (Future<Long> each : all) {
        hits += each.get();
      }
      return hits;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a thread of the replay failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while threads replay a trace", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static long hitsInRounds(
      Trace trace, Asked asked, int first, int step, CyclicBarrier round) throws Exception {
    long hits = 0;
    for (int start = 0; start < trace.length(); start += step) {
      round.await();
      int from = Math.min(trace.length(), start + first);
      hits += hitsOfOne(trace, asked, from, Math.min(trace.length(), from + SLICE));
    }
    return hits;
  }
}
