package io.klepto.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** A container of the implementation that the tests run on, with the beans of a test alone. */
final class Container implements AutoCloseable {
  private final SeContainer container;

  private Container(SeContainer container) {
    this.container = container;
  }

  /** A cache manager of the application's own, in place of the standard one. */
  @ApplicationScoped
  static class OwnManager {
    @Produces
    @ApplicationScoped
    CacheManager open() {
      return Caching.getCachingProvider()
          .getCacheManager(URI.create("klepto:own"), OwnManager.class.getClassLoader());
    }

    void close(@Disposes CacheManager manager) {
      manager.close();
    }
  }

  /** Starts with a cache manager of the application's own. */
  static Container of(Class<?>... beans) {
    return new Container(
        initializer().addBeanClasses(OwnManager.class).addBeanClasses(beans).initialize());
  }

  /** Starts with the standard cache manager, unless the beans have another. */
  static Container withoutManager(Class<?>... beans) {
    return new Container(initializer().addBeanClasses(beans).initialize());
  }

  /**
   * Has found the extension as a service, and no beans: the folder of the tests has no beans.xml,
   * without which Weld does not look; OpenWebBeans does, unless it is told not to, which would keep
   * Weld from finding extensions.
   */
  private static SeContainerInitializer initializer() {
    SeContainerInitializer initializer = SeContainerInitializer.newInstance();
    return initializer.getClass().getName().startsWith("org.jboss.weld.")
        ? initializer
        : initializer.disableDiscovery();
  }

  <T> T get(Class<T> type) {
    return container.select(type).get();
  }

  SeContainer container() {
    return container;
  }

  /** Returns a cache of the manager, null if it has none. */
  Cache<Object, Object> cacheOrNull(String name) {
    return get(CacheManager.class).getCache(name);
  }

  /** Returns how many entries a cache has. */
  int size(String name) {
    int size = 0;
    for (Cache.Entry<Object, Object> entry : cacheOrNull(name)) {
      size += entry == null ? 0 : 1;
    }
    return size;
  }

  @Override
  public void close() {
    container.close();
  }
}
