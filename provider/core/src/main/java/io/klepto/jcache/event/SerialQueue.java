package io.klepto.jcache.event;

import static java.lang.System.Logger.Level.WARNING;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A first-in-first-out queue whose elements are consumed one at a time on a borrowed executor.
 *
 * <p>The executor is asked for a task only while there are elements, and for one at a time. A task
 * consumes what it found when it began, {@value #BATCH} elements at most, and asks for another if
 * there are more, so that a busy queue does not keep a shared worker to itself.
 *
 * <p><b>Ordering.</b> {@code pending} counts the elements that were offered and are not yet done.
 * Who lifts it from zero starts the task; the task alone lowers it, and goes on if it is not zero
 * then. Hence there is one consumer at a time, each sees what the former one wrote, and no element
 * is left behind.
 *
 * <p>The queue has no bound: a consumer that is slower than its producers for ever fills the
 * memory. A failing consumer is logged and the next element follows. If the executor refuses the
 * task, the elements are dropped and their number is logged.
 *
 * <p>Thread-safe.
 */
final class SerialQueue<T> {
  static final int BATCH = 256;

  private final String subject;
  private final Supplier<System.Logger> log;
  private final Executor executor;
  private final Consumer<? super T> consumer;
  private final Queue<T> elements = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pending = new AtomicInteger();

  /** Makes an empty queue; {@code subject} says in the log who consumes. */
  SerialQueue(
      String subject,
      Supplier<System.Logger> log,
      Executor executor,
      Consumer<? super T> consumer) {
    this.subject = subject;
    this.log = log;
    this.executor = executor;
    this.consumer = consumer;
  }

  /** Appends an element and returns at once. */
  void add(T element) {
    elements.add(element);
    if (pending.getAndIncrement() == 0) {
      schedule();
    }
  }

  private void schedule() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      int lost = discard();
      log.get()
          .log(WARNING, subject + " has lost " + lost + " event(s): its executor refuses them", e);
    }
  }

  private void drain() {
    int ready = Math.min(pending.get(), BATCH);
    int done = 0;
    try {
      while (done < ready) {
        T element = elements.remove();
        done++;
        consume(element);
      }
    } finally {
      if (pending.addAndGet(-done) > 0) {
        schedule();
      }
    }
  }

  private void consume(T element) {
    try {
      consumer.accept(element);
    } catch (RuntimeException | Error e) {
      log.get().log(WARNING, subject + " failed on " + element, e);
    }
  }

  private int discard() {
    int dropped = 0;
    int ready = pending.get();
    while (ready > 0) {
      for (int i = 0; i < ready; i++) {
        elements.remove();
      }
      dropped += ready;
      ready = pending.addAndGet(-ready);
    }
    return dropped;
  }
}
