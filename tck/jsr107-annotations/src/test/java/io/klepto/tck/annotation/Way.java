package io.klepto.tck.annotation;

import javax.cache.CacheManager;
import javax.cache.annotation.BeanProvider;

/** A way to run the annotations: what is to be started before the TCK asks for beans. */
@FunctionalInterface
interface Way {
  /** Beans, and what is to be closed after the tests; the manager stays the test's. */
  interface Beans extends BeanProvider, AutoCloseable {
    @Override
    void close();
  }

  /** Starts it over the caches of a manager. */
  Beans over(CacheManager manager);
}
