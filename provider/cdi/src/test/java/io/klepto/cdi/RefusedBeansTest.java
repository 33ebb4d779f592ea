package io.klepto.cdi;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers do not start with annotations that can't work, and say why. */
final class RefusedBeansTest {
  @ApplicationScoped
  static class Twice {
    @CacheResult
    @CacheRemove
    int twice(int number) {
      return number;
    }
  }

  @ApplicationScoped
  static class NoValue {
    @CachePut
    void noValue(int number) {}
  }

  @ApplicationScoped
  static class NoResult {
    @CacheResult
    void noResult(int number) {}
  }

  @ApplicationScoped
  static class Hidden {
    int call(int number) {
      return hidden(number);
    }

    @CacheResult
    private int hidden(int number) {
      return number;
    }
  }

  @ApplicationScoped
  static class Static {
    @CacheResult
    static int ofTheClass(int number) {
      return number;
    }
  }

  @ApplicationScoped
  @CacheRemoveAll
  static class Marked {
    void marked() {}
  }

  interface WithTwo {
    @CacheResult
    @CacheRemoveAll
    int inherited(int number);
  }

  @ApplicationScoped
  static class Inheriting implements WithTwo {
    @Override
    public int inherited(int number) {
      return number;
    }
  }

  /** Can't be made, and is no bean. */
  abstract static class Unmakeable implements CacheKeyGenerator {}

  @ApplicationScoped
  static class WithUnmakeable {
    @CacheResult(cacheKeyGenerator = Unmakeable.class)
    int unmakeable(int number) {
      return number;
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(Twice.class, "twice(int)", "one cache annotation"),
        Arguments.of(NoValue.class, "noValue(int)", "@CacheValue"),
        Arguments.of(NoResult.class, "noResult(int)", "found void"),
        Arguments.of(Hidden.class, "hidden(int)", "make it neither"),
        Arguments.of(Static.class, "ofTheClass(int)", "make it neither"),
        Arguments.of(Marked.class, "Marked", "found one on the class"),
        Arguments.of(Inheriting.class, "inherited(int)", "one cache annotation"),
        Arguments.of(WithUnmakeable.class, "Unmakeable", "public constructor"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void bean_isADeploymentProblem(Class<?> bean, String subject, String reason) {
    List<Throwable> problems = problemsOf(bean);

    String messages =
        problems.stream()
            .filter(CacheException.class::isInstance)
            .map(Throwable::getMessage)
            .collect(Collectors.joining("\n"));
    assertTrue(messages.contains(subject), () -> messages + " in " + problems);
    assertTrue(messages.contains(reason), () -> messages + " in " + problems);
  }

  /** Has a manager beside the one of all tests. */
  @ApplicationScoped
  static class OtherManager {
    @Produces
    CacheManager manager() {
      throw new IllegalStateException("asked for");
    }

    @CacheRemoveAll
    void clear() {}
  }

  @Test
  void twoManagers_areADeploymentProblem() {
    List<Throwable> problems = problemsOf(OtherManager.class);

    String all = problems.toString();
    assertTrue(all.contains(AmbiguousResolutionException.class.getSimpleName()), all);
  }

  /**
   * Returns what a container throws that must not start, with causes, and what it logs, where
   * OpenWebBeans leaves the causes. It also keeps such a container for the thread's class loader.
   */
  private static List<Throwable> problemsOf(Class<?> bean) {
    List<Throwable> problems = new CopyOnWriteArrayList<>();
    Handler handler = new ProblemHandler(problems);
    Logger root = Logger.getLogger("");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    root.addHandler(handler);
    try (URLClassLoader loader = new URLClassLoader(new URL[0], before)) {
      thread.setContextClassLoader(loader);
      addAll(problems, assertThrows(Exception.class, () -> Container.of(bean).close()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
      root.removeHandler(handler);
    }
    return problems;
  }

  private static void addAll(List<Throwable> problems, Throwable problemOrNull) {
    for (Throwable each = problemOrNull; each != null; each = each.getCause()) {
      problems.add(each);
      problems.addAll(List.of(each.getSuppressed()));
    }
  }

  /** Takes what is thrown out of logs. */
  private static final class ProblemHandler extends Handler {
    private final List<Throwable> problems;

    ProblemHandler(List<Throwable> problems) {
      this.problems = problems;
    }

    @Override
    public void publish(LogRecord record) {
      addAll(problems, record.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
