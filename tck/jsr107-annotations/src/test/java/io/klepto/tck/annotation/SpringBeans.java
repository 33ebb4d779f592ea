package io.klepto.tck.annotation;

import java.util.List;
import java.util.Locale;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import manager.BlogManager;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Beans of a Spring context, which runs the annotations by its own interceptors. */
final class SpringBeans implements Way.Beans {
  /** Turns the annotations on. */
  @Configuration(proxyBeanMethods = false)
  @EnableCaching
  static class Caching {}

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  /** Creates the caches as well, which Spring does not. */
  SpringBeans(CacheManager manager) {
    for (String name :
        List.of(
            "blogManager",
            "blgMngr",
            "manager.UsingDefaultCacheNameBlogManagerImpl.getEntryCached(java.lang.String)")) {
      manager.createCache(name, new MutableConfiguration<>());
    }
    context.registerBean(JCacheCacheManager.class, () -> new JCacheCacheManager(manager));
    context.register(
        Caching.class,
        CacheNameOnEachMethodBlogManagerImpl.class,
        ClassLevelCacheConfigBlogManagerImpl.class,
        UsingDefaultCacheNameBlogManagerImpl.class);
    context.refresh();
  }

  @Override
  @SuppressWarnings("unchecked") // the TCK asks by class and takes what has its interface
  public <T> T getBeanByType(Class<T> type) {
    String decapitalized = type.getSimpleName().substring(0, 1).toLowerCase(Locale.ROOT);
    return (T)
        context.getBean(decapitalized + type.getSimpleName().substring(1), BlogManager.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
