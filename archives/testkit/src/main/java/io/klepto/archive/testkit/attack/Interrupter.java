package io.klepto.archive.testkit.attack;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Interrupts threads at random moments. */
final class Interrupter {
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(400);

  private Interrupter() {}

  /** Goes on as long as the process lives. */
  static void forever(List<Thread> threads, Random random) {
    while (true) {
      interruptOne(threads, random);
    }
  }

  /** Goes on until all threads have ended. */
  static void untilEnded(List<Thread> threads, Random random) {
    while (threads.stream().anyMatch(Thread::isAlive)) {
      interruptOne(threads, random);
    }
  }

  private static void interruptOne(List<Thread> threads, Random random) {
    threads.get(random.nextInt(threads.size())).interrupt();
    LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_PAUSE_NANOS));
  }
}
