package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveEntry;
import io.klepto.archive.store.RecordTimes;
import io.klepto.archive.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The part of {@link ArchiveContract} for many threads at once, and many archives of one place. */
interface ManyThreadsContract extends ArchiveFixture {
  /** How many threads run at once. */
  int THREADS = 4;

  /** How often each of them does its part. */
  int ROUNDS = 100;

  /** Runs the task in all threads at once, and throws what one of them throws. */
  private static void inAllThreads(ThreadTask task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        Callable<Void> running =
            () -> {
              start.await(1, TimeUnit.MINUTES);
              task.run(thread);
              return null;
            };
        results.add(threads.submit(running));
      }
      for (Future<?> result : results) {
        result.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** What one of the threads does. */
  interface ThreadTask {
    /** Runs as the thread of the given number, counted from 0. */
    void run(int thread) throws Exception;
  }

  @Test
  default void merge_fromManyThreads_losesNoCount() throws Exception {
    try (Archive<Object, Object> archive = open()) {
      inAllThreads(
          thread -> {
            for (int i = 0; i < ROUNDS; i++) {
              archive.asMap().merge("counter", 1, (a, b) -> (int) a + (int) b);
            }
          });
      assertEquals(THREADS * ROUNDS, archive.get("counter"));
    }
  }

  @Test
  default void compareAndSet_fromManyArchivesOfOnePlace_losesNoCount() throws Exception {
    inAllThreads(
        thread -> {
          try (Archive<Object, Object> archive = open()) {
            for (int i = 0; i < ROUNDS; i++) {
              increment(archive, "counter");
            }
          }
        });
    try (Archive<Object, Object> archive = open()) {
      assertEquals(THREADS * ROUNDS, archive.get("counter"));
    }
  }

  private static void increment(Archive<Object, Object> archive, String key) {
    while (true) {
      ArchiveEntry<Object, Object> entry = archive.entry(key);
      long version = entry == null ? Store.ABSENT : entry.version();
      int count = entry == null ? 0 : (int) entry.value();
      if (archive.compareAndSet(key, version, count + 1, RecordTimes.eternal(1)).isPresent()) {
        return;
      }
    }
  }

  @Test
  default void putIfAbsentAndRemove_fromManyThreads_haveOneWinnerEach() throws Exception {
    AtomicInteger put = new AtomicInteger();
    AtomicInteger removed = new AtomicInteger();
    try (Archive<Object, Object> archive = open()) {
      inAllThreads(
          thread -> {
            for (int i = 0; i < ROUNDS; i++) {
              if (archive.asMap().putIfAbsent(i, thread) == null) {
                put.incrementAndGet();
              }
            }
          });
      assertEquals(ROUNDS, put.get());
      assertEquals(ROUNDS, archive.size());
      inAllThreads(
          thread -> {
            for (int i = 0; i < ROUNDS; i++) {
              if (archive.remove(i)) {
                removed.incrementAndGet();
              }
            }
          });
      assertEquals(ROUNDS, removed.get());
      assertEquals(0, archive.size());
    }
  }

  @Test
  default void compareAndSetOverAnExpiredEntry_hasOneWinner() throws Exception {
    ManualClock clock = new ManualClock(ExpiryContract.START_MILLIS);
    AtomicInteger won = new AtomicInteger();
    try (Archive<Object, Object> archive = open(anything().clock(clock).build())) {
      for (int i = 0; i < ROUNDS; i++) {
        archive.put(i, "old", RecordTimes.expiringAfter(ExpiryContract.START_MILLIS, 1));
      }
      clock.advanceMillis(1);
      inAllThreads(
          thread -> {
            for (int i = 0; i < ROUNDS; i++) {
              if (archive
                  .compareAndSet(i, Store.ABSENT, "new", RecordTimes.eternal(1))
                  .isPresent()) {
                won.incrementAndGet();
              }
            }
          });
      assertEquals(ROUNDS, won.get());
      assertEquals(ROUNDS, archive.size());
    }
  }

  @Test
  default void readersAmongWriters_seeWholeValues() throws Exception {
    long seed = System.nanoTime();
    try (Archive<Object, Object> archive = open()) {
      inAllThreads(
          thread -> {
            Random random = new Random(seed + thread);
            for (int i = 0; i < ROUNDS; i++) {
              String key = "k" + random.nextInt(4);
              switch (random.nextInt(4)) {
                case 0 -> archive.put(key, new int[random.nextInt(3_000)]);
                case 1 -> archive.putAll(Map.of(key, new int[] {0}, "other", new int[2]));
                case 2 -> archive.remove(key);
                default -> {
                  Object value = archive.get(key);
                  assertTrue(value == null || value instanceof int[], "seed " + seed);
                }
              }
              for (Object listed : i % 20 == 0 ? archive.keys() : Set.of()) {
                assertTrue(listed instanceof String, "seed " + seed);
              }
            }
          });
      assertEquals(archive.keys().size(), archive.size(), "seed " + seed);
      assertTrue(archive.verify(false).isSound(), "seed " + seed);
    }
  }
}
