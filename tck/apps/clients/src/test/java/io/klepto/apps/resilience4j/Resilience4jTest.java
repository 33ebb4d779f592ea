package io.klepto.apps.resilience4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.resilience4j.cache.Cache;
import io.github.resilience4j.core.functions.CheckedFunction;
import io.klepto.jcache.config.KleptoConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that Resilience4j decorates with a cache. */
final class Resilience4jTest {
  private static final int THREADS = 8;

  private final AtomicInteger calls = new AtomicInteger();

  @TempDir Path folder;

  @AfterEach
  void closeProvider() {
    Caching.getCachingProvider().close();
  }

  @Test
  void supplier_calledAgain_isNotAsked() {
    Cache<String, String> cache = cache(new MutableConfiguration<>());
    List<String> events = new ArrayList<>();
    cache.getEventPublisher().onEvent(event -> events.add(event.getEventType().name()));
    Function<String, String> call = Cache.decorateSupplier(cache, this::answer);
    assertEquals("answer 1", call.apply("key"));
    assertEquals("answer 1", call.apply("key"));
    assertEquals("answer 2", call.apply("other"));
    assertEquals(1, cache.getMetrics().getNumberOfCacheHits());
    assertEquals(2, cache.getMetrics().getNumberOfCacheMisses());
    assertEquals(List.of("CACHE_MISS", "CACHE_HIT", "CACHE_MISS"), events);
  }

  @Test
  void callable_manyThreads_isAskedOnce() throws Exception {
    Cache<String, String> cache = cache(new MutableConfiguration<>());
    CountDownLatch started = new CountDownLatch(THREADS);
    CheckedFunction<String, String> call =
        Cache.decorateCallable(
            cache,
            () -> {
              started.await(60, TimeUnit.SECONDS);
              return answer();
            });
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        answers.add(
            threads.submit(
                () -> {
                  started.countDown();
                  return apply(call);
                }));
      }
      for (Future<String> answer : answers) {
        assertEquals("answer 1", answer.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void supplier_thatFails_isAskedAgain() {
    Cache<String, String> cache = cache(new MutableConfiguration<>());
    CheckedFunction<String, String> call =
        Cache.decorateCheckedSupplier(
            cache,
            () -> {
              throw new IOException(answer());
            });
    for (int attempt = 0; attempt < 2; attempt++) {
      RuntimeException failure =
          assertThrows(RuntimeException.class, () -> call.apply("key")); // its own wrapper
      assertInstanceOf(IOException.class, failure.getCause());
    }
    Function<String, String> working = Cache.decorateSupplier(cache, this::answer);
    String answer = working.apply("key");
    assertEquals("answer " + calls.get(), answer);
    assertEquals(answer, working.apply("key"));
  }

  @Test
  void archived_afterARestart_isNotAsked() {
    KleptoConfiguration<String, String> archived =
        KleptoConfiguration.builder(String.class, String.class).archive(folder).build();
    assertEquals("answer 1", Cache.decorateSupplier(cache(archived), this::answer).apply("key"));
    Caching.getCachingProvider().close();
    assertEquals("answer 1", Cache.decorateSupplier(cache(archived), this::answer).apply("key"));
  }

  private String answer() {
    return "answer " + calls.incrementAndGet();
  }

  private static String apply(CheckedFunction<String, String> call) {
    try {
      return call.apply("key");
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static Cache<String, String> cache(Configuration<String, String> configuration) {
    return Cache.of(
        Caching.getCachingProvider().getCacheManager().createCache("answers", configuration));
  }
}
