package io.klepto.tck.annotation;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.BeanProvider;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/**
 * A run of the TCK's annotation tests, as they are in its jar, with a bean provider of our choice.
 *
 * <p>The TCK finds its provider by {@code ServiceLoader}, once for each time that its classes are
 * loaded, and its tests pass without doing anything if it finds none. So each run loads them anew,
 * and counts what was asked of the provider.
 *
 * @param tests how many tests there were
 * @param beansAsked how many beans they asked for
 * @param failure what failed, empty if nothing did
 */
record AnnotationTck(int tests, int beansAsked, String failure) {
  /** As many as the TCK has. */
  static final int TESTS = 12;

  private static final String[] CLASSES = {
    "InterceptionCacheNameOnEachMethodTest",
    "InterceptionUsingCacheConfigTest",
    "InterceptionUsingDefaultCacheNameTest"
  };

  private static final AtomicInteger asked = new AtomicInteger();
  private static volatile BeanProvider current;

  /** What the TCK finds: passes on to the provider of this run. */
  public static final class Delegate implements BeanProvider {
    /** Creates it, for the service loader. */
    public Delegate() {}

    @Override
    public <T> T getBeanByType(Class<T> type) {
      asked.incrementAndGet();
      return current.getBeanByType(type);
    }
  }

  /**
   * Runs the tests.
   *
   * @param beansOrNull null to have the TCK find none
   */
  static synchronized AnnotationTck run(BeanProvider beansOrNull) throws Exception {
    asked.set(0);
    current = beansOrNull;
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    ReloadingLoader loader = new ReloadingLoader(beansOrNull == null ? null : Delegate.class);
    thread.setContextClassLoader(loader);
    try {
      Class<?>[] classes = new Class<?>[CLASSES.length];
      for (int i = 0; i < classes.length; i++) {
        classes[i] = loader.loadClass(ReloadingLoader.PACKAGE + CLASSES[i]);
      }
      Result result = new JUnitCore().run(classes);
      return new AnnotationTck(
          result.getRunCount() - result.getIgnoreCount(),
          asked.get(),
          result.getFailures().isEmpty() ? "" : result.getFailures().get(0).getTrace());
    } finally {
      thread.setContextClassLoader(before);
      current = null;
    }
  }
}
