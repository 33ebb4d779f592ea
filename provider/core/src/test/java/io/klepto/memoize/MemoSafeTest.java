package io.klepto.memoize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.klepto.archive.Archive;
import io.klepto.archive.ArchiveException;
import io.klepto.jcache.config.ArchiveMode;
import io.klepto.keymap.KeyEncodingException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fails around a safe function does not keep it from being evaluated. */
final class MemoSafeTest {
  private final AtomicInteger evaluations = new AtomicInteger();
  private final List<LogRecord> warnings = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("io.klepto");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          warnings.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private volatile String failing = "nothing";

  @BeforeEach
  void capture() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void release() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private int evaluate(Object argument) {
    evaluations.incrementAndGet();
    return argument.toString().length();
  }

  /** An archive of which one method can be made to fail. */
  @SuppressWarnings("unchecked")
  private Archive<Object, Object> failingArchive() {
    Archive<Object, Object> sound =
        io.klepto.archive.Archives.open(
            URI.create("dict:/"),
            io.klepto.archive.ArchiveConfiguration.builder(Object.class, Object.class).build());
    return (Archive<Object, Object>)
        Proxy.newProxyInstance(
            Archive.class.getClassLoader(),
            new Class<?>[] {Archive.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(failing)) {
                throw new ArchiveException("archive test: disk on fire");
              }
              try {
                return method.invoke(sound, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static MemoizerBuilder builder() {
    return Memoizer.builder("test").archiveMode(ArchiveMode.WRITE_THROUGH).statistics(true);
  }

  @Test
  void argumentWithoutKey_isEvaluatedCountedAndLoggedOnce() {
    Thread argument = new Thread("never started");
    try (Memoizer memoizer = builder().safe().build()) {
      RememberedFunction<Object, Integer> function = memoizer.memoize("f", this::evaluate);
      int expected = argument.toString().length();
      assertEquals(expected, function.apply(argument));
      assertEquals(expected, function.apply(argument));
      assertEquals(2, evaluations.get());
      assertEquals(2, function.info().bypasses());
      assertEquals(2, function.info().misses());
      assertEquals(0, function.info().size());
      assertEquals(1, warnings.size());
      assertTrue(warnings.get(0).getMessage().contains("function f"));
      function.clear();
      assertEquals(0, function.info().bypasses());
    }
    try (Memoizer memoizer = builder().build()) {
      RememberedFunction<Object, Integer> function = memoizer.memoize("f", this::evaluate);
      KeyEncodingException refused =
          assertThrows(KeyEncodingException.class, () -> function.apply(argument));
      assertTrue(refused.getMessage().contains("java.lang.Thread"), refused::getMessage);
      assertEquals(2, evaluations.get());
    }
  }

  @Test
  void archiveThatCantBeRead_isPassedBy() {
    try (Memoizer memoizer = builder().safe().build()) {
      RememberedFunction<String, Integer> function = memoizer.memoize("f", this::evaluate);
      function.archive(failingArchive());
      failing = "entry";
      assertEquals(3, function.apply("abc"));
      assertEquals(3, function.apply("abc"));
      assertEquals(2, evaluations.get(), "nothing is stored");
      assertEquals(2, function.info().bypasses());
      assertEquals(1, warnings.size());
      failing = "nothing";
      assertEquals(3, function.apply("abc"));
      assertEquals(3, function.apply("abc"));
      assertEquals(3, evaluations.get());
    }
  }

  @Test
  void archiveThatCantBeWritten_doesNotCostTheResult() {
    try (Memoizer memoizer = builder().safe().build()) {
      RememberedFunction<String, Integer> function = memoizer.memoize("f", this::evaluate);
      function.archive(failingArchive());
      failing = "put";
      assertEquals(3, function.apply("abc"));
      assertEquals(1, evaluations.get(), "not evaluated a second time");
      assertEquals(1, function.info().bypasses());
      failing = "nothing";
    }
  }

  @Test
  void unsafeFunction_throwsWhatFailed() {
    try (Memoizer memoizer = builder().build()) {
      RememberedFunction<String, Integer> function = memoizer.memoize("f", this::evaluate);
      function.archive(failingArchive());
      failing = "entry";
      assertThrows(CacheLoaderException.class, () -> function.apply("abc"));
      assertEquals(0, evaluations.get());
      failing = "put";
      assertThrows(CacheWriterException.class, () -> function.apply("abc"));
      failing = "nothing";
    }
  }

  @Test
  void failureOfTheFunctionItself_isNoBypass() {
    ArchiveException own = new ArchiveException("the function's own archive");
    CacheLoaderException failure = new CacheLoaderException("reading failed", own);
    try (Memoizer memoizer = builder().safe().build()) {
      RememberedFunction<String, Integer> function =
          memoizer.memoize(
              "f",
              text -> {
                evaluations.incrementAndGet();
                throw failure;
              });
      assertSame(failure, assertThrows(CacheLoaderException.class, () -> function.apply("abc")));
      assertEquals(1, evaluations.get());
      assertEquals(0, function.info().bypasses());
    }
  }
}
