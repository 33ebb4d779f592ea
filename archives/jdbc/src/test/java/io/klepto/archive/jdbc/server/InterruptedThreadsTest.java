package io.klepto.archive.jdbc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.store.Store;
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
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads that are interrupted at random while they and others write to a server, read and walk.
 * The engines in files are attacked in the package {@code attack}.
 */
final class InterruptedThreadsTest {
  private static final int VICTIMS = 2;
  private static final int THREADS = 4;
  private static final int STEPS = 90;
  private static final int WALK_EVERY = 15;

  private final long seed = System.nanoTime();
  private final AtomicReferenceArray<Thread> threads = new AtomicReferenceArray<>(THREADS);
  private final AtomicInteger working = new AtomicInteger(THREADS);
  private final AtomicBoolean failed = new AtomicBoolean();

  @ParameterizedTest
  @EnumSource(names = {"POSTGRES", "MARIADB"})
  void interruptsAtRandom_harmNoCallOfAnybody(TestEngine engine) throws Exception {
    try (Database database = engine.newDatabase()) {
      try (Store store = Stores.open(database)) {
        runAll(store);
        requireAllSteps(store);
      }
      try (Store store = Stores.open(database)) {
        requireAllSteps(store);
      }
    }
  }

  private void requireAllSteps(Store store) {
    for (int thread = 0; thread < THREADS; thread++) {
      assertEquals(Map.of(), workload(thread).differences(store, STEPS), "seed " + seed);
    }
    assertTrue(store.verify(false).isSound(), "seed " + seed);
  }

  private static Workload workload(int thread) {
    return new Workload("thread " + thread);
  }

  private void runAll(Store store) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      tasks.add(() -> work(store, number));
    }
    tasks.add(this::interrupt);
    ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Void>> results = new ArrayList<>();
      tasks.forEach(task -> results.add(executor.submit(task)));
      for (Future<Void> result : results) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed + ": " + e.getCause(), e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private Void work(Store store, int thread) {
    threads.set(thread, Thread.currentThread());
    try {
      for (int step = 1; step <= STEPS; step++) {
        workload(thread).run(store, step);
        if (step % WALK_EVERY == 0) {
          Stores.textsIn(store);
          store.sync();
        }
      }
    } catch (RuntimeException | Error e) {
      failed.set(true);
      throw e;
    } finally {
      working.decrementAndGet();
    }
    return null;
  }

  private Void interrupt() {
    Random random = new Random(seed);
    while (working.get() > 0 && !failed.get()) {
      Thread victim = threads.get(random.nextInt(VICTIMS)); // the others are bystanders
      if (victim != null) {
        victim.interrupt();
      }
      Thread.onSpinWait();
    }
    return null;
  }
}
