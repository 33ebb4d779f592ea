package io.klepto.archive.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Store;
import io.klepto.archive.store.StoreRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads at once, and threads that are interrupted. */
abstract class ThreadContract extends StoreContractPart {
  private static final int THREADS = 4;
  private static final int CALLS = 250;
  private static final int SHARED_KEYS = 8;

  @Test
  void writersOfTheirOwnKeys_loseNothing() throws Exception {
    inThreads(
        THREADS,
        thread -> {
          for (int i = 0; i < CALLS; i++) {
            store.put(key(thread + "/" + i), content("value " + i));
          }
        });
    assertEquals(THREADS * CALLS, store.size());
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < CALLS; i++) {
        assertHolds(key(thread + "/" + i), content("value " + i));
      }
    }
  }

  @Test
  void writersThroughStoresOfTheirOwn_loseNothing() throws Exception {
    List<Store> stores = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      stores.add(open(NAMESPACE));
    }
    inThreads(
        THREADS,
        thread -> {
          for (int i = 0; i < CALLS; i++) {
            stores.get(thread).put(key(thread + "/" + i), content("value " + i));
          }
        });
    assertEquals(THREADS * CALLS, store.size());
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < CALLS; i++) {
        assertHolds(key(thread + "/" + i), content("value " + i));
      }
    }
  }

  @Test
  void readersAmongWriters_seeWholeRecordsOfGrowingVersions() throws Exception {
    for (int i = 0; i < SHARED_KEYS; i++) {
      store.put(key("shared " + i), content(payloadOf(i)));
    }
    AtomicInteger writing = new AtomicInteger(THREADS / 2);
    inThreads(
        THREADS,
        thread -> {
          if (thread < THREADS / 2) {
            Random random = new Random(thread);
            for (int i = 0; i < CALLS; i++) {
              int number = random.nextInt(SHARED_KEYS);
              store.put(key("shared " + number), content(payloadOf(random.nextInt(CALLS))));
            }
            writing.decrementAndGet();
          } else {
            readUntil(writing);
          }
        });
  }

  private void readUntil(AtomicInteger writing) {
    long[] versions = new long[SHARED_KEYS];
    while (writing.get() > 0) {
      for (int i = 0; i < SHARED_KEYS; i++) {
        StoreRecord found = store.get(key("shared " + i));
        assertNotNull(found, "a replaced record was absent for a moment");
        assertTrue(found.version() >= versions[i], "an older record came back");
        versions[i] = found.version();
        String text = textOf(found);
        assertEquals(payloadOf(Integer.parseInt(text.substring(0, text.indexOf(':')))), text);
      }
    }
  }

  /** Text that tells by its length whether it is whole. */
  private static String payloadOf(int number) {
    return number + ":" + "x".repeat(number * 50);
  }

  @Test
  void countersByCompareAndSet_loseNoIncrement() throws Exception {
    requireCompareAndSet();
    inThreads(
        THREADS,
        thread -> {
          for (int i = 0; i < CALLS; i++) {
            StoreCounter.increment(store, key("counter " + i % 2));
          }
        });
    assertEquals(
        THREADS * CALLS,
        StoreCounter.valueOf(store, key("counter 0"))
            + StoreCounter.valueOf(store, key("counter 1")));
  }

  @Test
  void absence_isWonByOneOfMany() throws Exception {
    requireCompareAndSet();
    for (int round = 0; round < 20; round++) {
      AtomicInteger winners = new AtomicInteger();
      int number = round;
      inThreads(
          THREADS,
          thread -> {
            if (store
                .compareAndSet(key("prize " + number), Store.ABSENT, content("by " + thread))
                .isPresent()) {
              winners.incrementAndGet();
            }
          });
      assertEquals(1, winners.get(), "round " + round);
    }
  }

  @Test
  void interruptedThread_getsItsWorkDoneAndKeepsItsStatus() {
    requireCompareAndSet();
    List<Runnable> calls =
        List.of(
            () -> store.put(key("a"), content("one")),
            () -> store.get(key("a")),
            () -> store.getAll(List.of(key("a"), key("b"))).orThrow(),
            () -> store.putAll(Map.of(key("b"), content("two"))).orThrow(),
            () -> store.touch(key("a"), store.get(key("a")).version(), ETERNAL),
            () -> store.compareAndSet(key("c"), Store.ABSENT, content("three")).orElseThrow(),
            () -> allOf(store),
            () -> store.sync(),
            () -> store.compact(),
            () -> store.verify(true),
            () -> store.remove(key("b")));
    for (int i = 0; i < calls.size(); i++) {
      Thread.currentThread().interrupt();
      try {
        calls.get(i).run();
      } finally {
        assertTrue(Thread.interrupted(), "status lost by call number " + i);
      }
    }
    assertHolds(key("a"), content("one"));
    assertHolds(key("c"), content("three"));
    assertEquals(2, store.size());
    Thread.currentThread().interrupt();
    try {
      store.clear();
      store.close();
      store = open(NAMESPACE);
    } finally {
      assertTrue(Thread.interrupted(), "status lost by clear, close or open");
    }
    assertEquals(0, store.size());
  }

  @Test
  void interruptsAtRandom_loseNoCallOfAnybody() throws Exception {
    requireCompareAndSet();
    long seed = System.nanoTime();
    String told = "seed " + seed;
    Thread[] victims = new Thread[THREADS];
    AtomicInteger working = new AtomicInteger(THREADS);
    AtomicBoolean failed = new AtomicBoolean();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      tasks.add(
          () -> {
            victims[number] = Thread.currentThread();
            try {
              for (int i = 0; i < CALLS; i++) {
                store.put(key(number + "/" + i), content("value " + i));
                assertHolds(key(number + "/" + i), content("value " + i));
                StoreCounter.increment(store, key("counter"));
              }
            } catch (RuntimeException | Error e) {
              failed.set(true);
              throw e;
            } finally {
              working.decrementAndGet();
            }
            return null;
          });
    }
    tasks.add(
        () -> {
          Random random = new Random(seed);
          while (working.get() > 0 && !failed.get()) {
            Thread victim = victims[random.nextInt(THREADS / 2)]; // the others are bystanders
            if (victim != null) {
              victim.interrupt();
            }
            Thread.onSpinWait();
          }
          return null;
        });
    runAll(tasks, told);
    assertEquals(THREADS * CALLS, StoreCounter.valueOf(store, key("counter")), told);
    assertEquals(THREADS * CALLS + 1, store.size(), told);
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void inThreads(int threads, Work work) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      tasks.add(
          () -> {
            work.run(number);
            return null;
          });
    }
    runAll(tasks, "threads");
  }

  private static void runAll(List<Callable<Void>> tasks, String told) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Void>> results = new ArrayList<>();
      tasks.forEach(task -> results.add(executor.submit(task)));
      for (Future<Void> result : results) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(told + ": " + e.getCause(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }
}
