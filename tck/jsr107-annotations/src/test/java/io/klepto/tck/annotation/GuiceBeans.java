package io.klepto.tck.annotation;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.klepto.annotation.Annotations;
import javax.cache.CacheManager;

/** Beans that Guice makes, with our interpreter as their interceptor. */
final class GuiceBeans implements Way.Beans {
  private final Injector injector;

  GuiceBeans(CacheManager manager) {
    this.injector = Guice.createInjector(new CachingModule(Annotations.with(manager)));
  }

  @Override
  public <T> T getBeanByType(Class<T> type) {
    return injector.getInstance(type);
  }

  @Override
  public void close() {}
}
