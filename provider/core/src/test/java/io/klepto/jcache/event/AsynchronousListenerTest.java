package io.klepto.jcache.event;

import static io.klepto.jcache.event.RecordingListener.asynchronous;
import static io.klepto.jcache.event.RecordingListener.synchronous;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AsynchronousListenerTest {
  private final CapturedLog log = new CapturedLog();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final EventDispatcher<String, String> dispatcher =
      new EventDispatcher<>(NamedCache.of("books"), tasks::add, () -> log);
  private final RecordingListener listener = new RecordingListener();

  @Test
  void events_areHandedToTheExecutor_inOneTask() {
    dispatcher.register(asynchronous(listener));
    dispatcher.created("k", "v");
    dispatcher.updated("k", "v", "w");
    assertEquals(List.of(), listener.heard());
    assertEquals(1, tasks.size());
    runAll();
    assertEquals(List.of("CREATED k=v", "UPDATED k=w"), listener.heard());
  }

  @Test
  void eachRegistration_hasItsOwnTask() {
    dispatcher.register(asynchronous(listener));
    dispatcher.register(asynchronous(new RecordingListener()));
    dispatcher.created("k", "v");
    assertEquals(2, tasks.size());
  }

  @Test
  void synchronousListenerFails_asynchronousStillHears() {
    dispatcher.register(
        synchronous(
            new RecordingListener(
                e -> {
                  throw new AssertionError("sync");
                })));
    dispatcher.register(asynchronous(listener));
    assertThrows(AssertionError.class, () -> dispatcher.created("k", "v"));
    runAll();
    assertEquals(List.of("CREATED k=v"), listener.heard());
  }

  @Test
  void listenerFails_isLogged_nextEventFollows() {
    RuntimeException failure = new IllegalStateException("full");
    RecordingListener failing =
        new RecordingListener(
            event -> {
              if (event.getKey().equals("bad")) {
                throw failure;
              }
            });
    dispatcher.register(asynchronous(failing));
    dispatcher.created("bad", "v");
    dispatcher.created("good", "v");
    runAll();
    assertEquals(1, log.lines().size());
    assertEquals(System.Logger.Level.WARNING, log.lines().get(0).level());
    assertEquals(failure, log.lines().get(0).thrown().getCause());
    String message = log.lines().get(0).message();
    assertTrue(message.contains("books") && message.contains("bad"), message);
    assertEquals(List.of("CREATED bad=v", "CREATED good=v"), failing.heard());
  }

  @Test
  void filter_runsWithTheListener_itsFailureIsLogged() {
    Error failure = new AssertionError("filter");
    dispatcher.register(
        RecordingListener.filtered(
                listener,
                event -> {
                  if (event.getKey().equals("bad")) {
                    throw failure;
                  }
                  return event.getKey().equals("good");
                })
            .setSynchronous(false));
    for (String key : List.of("bad", "dull", "good")) {
      dispatcher.created(key, "v");
    }
    runAll();
    assertEquals(1, log.lines().size());
    assertEquals(failure, log.lines().get(0).thrown());
    assertEquals(List.of("CREATED good=v"), listener.heard());
  }

  @Test
  void deregister_dropsWhatIsQueued_andClosesTheListener() {
    var configuration = asynchronous(listener);
    dispatcher.register(configuration);
    dispatcher.created("k", "v");
    dispatcher.deregister(configuration);
    runAll();
    assertEquals(List.of(), listener.heard());
    assertEquals(1, listener.closings.get());
  }

  @Test
  void close_dropsWhatIsQueued() {
    dispatcher.register(asynchronous(listener));
    dispatcher.created("k", "v");
    dispatcher.close();
    runAll();
    assertEquals(List.of(), listener.heard());
  }

  /** Each thread updates its own key, as a cache does under the key's lock. */
  @Test
  void manyThreads_eachKeysEventsArriveInOrder_oneAtATime() throws Exception {
    int threads = 8;
    int updates = 5_000;
    CountDownLatch delivered = new CountDownLatch(threads * updates);
    AtomicInteger atOnce = new AtomicInteger();
    List<String> wrong = new ArrayList<>(); // only the deliveries write, one after the other
    int[] last = new int[threads];
    CacheEntryUpdatedListener<Integer, Integer> checking =
        batch -> {
          if (atOnce.incrementAndGet() != 1) {
            wrong.add("two deliveries at once");
          }
          batch.forEach(
              event -> {
                if (event.getValue() != last[event.getKey()] + 1) {
                  wrong.add(event + ": " + last[event.getKey()] + " then " + event.getValue());
                }
                last[event.getKey()] = event.getValue();
              });
          atOnce.decrementAndGet();
          delivered.countDown();
        };
    ExecutorService pool = Executors.newFixedThreadPool(4);
    ExecutorService writers = Executors.newFixedThreadPool(threads);
    try {
      EventDispatcher<Integer, Integer> counted =
          new EventDispatcher<>(NamedCache.of("numbers"), pool);
      counted.register(
          new MutableCacheEntryListenerConfiguration<>(() -> checking, null, true, false));
      for (int t = 0; t < threads; t++) {
        int key = t;
        writers.execute(
            () -> {
              for (int i = 1; i <= updates; i++) {
                counted.updated(key, i - 1, i);
              }
            });
      }
      assertTrue(delivered.await(50, TimeUnit.SECONDS), () -> delivered + ", " + wrong);
      assertEquals(List.of(), wrong);
    } finally {
      writers.shutdownNow();
      pool.shutdownNow();
    }
  }

  @Test
  void delivery_isOnAThreadOfTheExecutor() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Thread[] seen = new Thread[1];
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      EventDispatcher<String, String> pooled = new EventDispatcher<>(NamedCache.of("books"), pool);
      pooled.register(
          asynchronous(
              new RecordingListener(
                  event -> {
                    seen[0] = Thread.currentThread();
                    done.countDown();
                  })));
      pooled.created("k", "v");
      assertTrue(done.await(50, TimeUnit.SECONDS));
      assertNotSame(Thread.currentThread(), seen[0]);
    } finally {
      pool.shutdownNow();
    }
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
