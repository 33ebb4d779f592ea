package io.klepto.bench.scale;

import io.klepto.bench.jcache.Contender;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/**
 * One point: fills a cache, then either measures the rate of the calls, or times each call and
 * tells the longest, that of filling as well. Prints the numbers.
 *
 * <p>Who times calls runs without a garbage collector, so that no pause is the collector's. What
 * the system's scheduler takes is told apart by the time that the thread ran, which is asked for
 * after each long call and each {@value #STRETCH} calls: an upper bound for that call.
 */
final class ScaleWorker {
  private static final int STRETCH = 256;
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int TIMED_CALLS = 4_000_000;
  private static final long WARMUP_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
  private static final long MEASURED_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ScaleRow row;
  private final int entries;
  private final int threads;
  private final Cache<Integer, Object> cache;
  private volatile boolean stopped;

  private ScaleWorker(ScaleRow row, int entries, int threads, Cache<Integer, Object> cache) {
    this.row = row;
    this.entries = entries;
    this.threads = threads;
    this.cache = cache;
  }

  /** The longest of some calls. */
  record Longest(long wallNanos, long ranNanos) {
    static final Longest NONE = new Longest(0, 0);

    /** Returns the longer of both: by the time it ran, as the rest may be other programs'. */
    Longest or(Longest other) {
      return new Longest(Math.max(wallNanos, other.wallNanos), Math.max(ranNanos, other.ranNanos));
    }
  }

  /** Takes row, entries, threads, contender, and whether calls are timed. */
  public static void main(String[] arguments) throws Exception {
    ScaleRow row = ScaleRow.valueOf(arguments[0]);
    int entries = Integer.parseInt(arguments[1]);
    int threads = Integer.parseInt(arguments[2]);
    Contender who = row.contender(Contender.valueOf(arguments[3]));
    boolean timed = Boolean.parseBoolean(arguments[4]);
    try (CachingProvider provider = who.provider()) {
      CacheManager manager = provider.getCacheManager();
      Cache<Integer, Object> cache =
          who.create(
              manager,
              "scale",
              row.settings().standard(Integer.class),
              row.settings().isBounded() ? entries : Long.MAX_VALUE);
      ScaleWorker worker = new ScaleWorker(row, entries, threads, cache);
      if (timed) {
        warmUp(who, manager, row);
        Longest filling = timedCalls(entries, i -> cache.put(i, i));
        Longest calling = worker.timed();
        System.out.printf(
            Locale.ROOT,
            "%.3f %.3f %.3f %.3f",
            filling.wallNanos() / 1e6,
            filling.ranNanos() / 1e6,
            calling.wallNanos() / 1e6,
            calling.ranNanos() / 1e6);
      } else {
        for (int i = 0; i < entries; i++) {
          cache.put(i, i);
        }
        System.out.printf(Locale.ROOT, "%.3f", worker.rate());
      }
    }
  }

  /** Has the code compiled on a small cache, so that no compiler's pause is taken for ours. */
  private static void warmUp(Contender who, CacheManager manager, ScaleRow row) {
    Cache<Integer, Object> small =
        who.create(
            manager,
            "small",
            row.settings().standard(Integer.class),
            row.settings().isBounded() ? 1_000 : Long.MAX_VALUE);
    for (int i = 0; i < 300_000; i++) {
      small.put(i % 4_000, i);
      row.call(small, i % 3_000, i);
    }
    manager.destroyCache("small");
  }

  /** A call of a number. */
  @FunctionalInterface
  private interface Call {
    void call(int i);
  }

  private static Longest timedCalls(int count, Call call) {
    Longest longest = Longest.NONE;
    long ran = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      call.call(i);
      long wall = System.nanoTime() - start;
      if (wall >= LONG_NANOS || i % STRETCH == 0) {
        long now = THREADS.getCurrentThreadCpuTime();
        longest = longest.or(new Longest(wall, Math.min(wall, now - ran)));
        ran = now;
      }
    }
    return longest;
  }

  private Longest timed() throws Exception {
    Longest longest = Longest.NONE;
    for (Longest each :
        together(
            keys ->
                timedCalls(
                    TIMED_CALLS / threads, i -> row.call(cache, keys.drawn(), keys.fresh())))) {
      longest = longest.or(each);
    }
    return longest;
  }

  private double rate() throws Exception {
    Thread timer =
        new Thread(
            () -> {
              try {
                TimeUnit.NANOSECONDS.sleep(2 * WARMUP_NANOS + MEASURED_NANOS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              stopped = true;
            });
    timer.setDaemon(true);
    double sum = 0;
    for (double each :
        together(
            keys -> {
              synchronized (timer) {
                if (timer.getState() == Thread.State.NEW) {
                  timer.start();
                }
              }
              long begin = System.nanoTime();
              long from = 0;
              long calls = 0;
              while (!stopped) {
                for (int i = 0; i < STRETCH; i++) {
                  row.call(cache, keys.drawn(), keys.fresh());
                }
                long now = System.nanoTime();
                if (from == 0) {
                  from = now - begin >= WARMUP_NANOS ? now : 0;
                } else {
                  calls += STRETCH;
                }
              }
              return calls * 1e3 / Math.max(1, System.nanoTime() - from);
            })) {
      sum += each;
    }
    return sum;
  }

  /** What a thread does with its keys. */
  @FunctionalInterface
  private interface Work<R> {
    R with(Keys keys) throws Exception;
  }

  private <R> List<R> together(Work<R> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<R>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            pool.submit(
                () -> {
                  Keys keys = new Keys(row.keys(entries), thread, threads);
                  start.await();
                  return work.with(keys);
                }));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> each : all) {
        results.add(each.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * What a thread asks for: keys by Zipf with an exponent of one, drawn beforehand, their ranks
   * spread over all numbers, and new ones.
   */
  private static final class Keys {
    private static final long SPREAD = 1_000_003;
    private static final int DRAWN_BY_ALL = 1 << 21;

    private final Integer[] drawn;
    private int turn;
    private int fresh;

    Keys(int keys, int thread, int threads) {
      drawn = new Integer[Integer.highestOneBit(DRAWN_BY_ALL / threads)];
      SplittableRandom random = new SplittableRandom(thread);
      double log = Math.log(keys);
      for (int i = 0; i < drawn.length; i++) {
        long rank = (long) Math.exp(random.nextDouble() * log);
        drawn[i] = (int) (rank * SPREAD % keys);
      }
      fresh = keys + thread * ((Integer.MAX_VALUE - keys) / threads);
    }

    Integer drawn() {
      turn = (turn + 1) & (drawn.length - 1);
      return drawn[turn];
    }

    int fresh() {
      return fresh++;
    }
  }
}
