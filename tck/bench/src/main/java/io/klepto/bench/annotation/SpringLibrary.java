package io.klepto.bench.annotation;

import javax.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A context of Spring, which runs the annotations by its interceptors. */
final class SpringLibrary implements AutoCloseable {
  /** Turns the annotations on. */
  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  static class Caching {}

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  SpringLibrary(CacheManager manager) {
    context.registerBean(JCacheCacheManager.class, () -> new JCacheCacheManager(manager));
    context.registerBean(Library.class, Library.Shelf::new);
    context.register(Caching.class);
    context.refresh();
  }

  Library library() {
    return context.getBean(Library.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
