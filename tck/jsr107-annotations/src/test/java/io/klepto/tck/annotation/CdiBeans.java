package io.klepto.tck.annotation;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import javax.cache.CacheManager;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;

/** Beans of a Jakarta container, where our interceptors run the annotations. */
final class CdiBeans implements Way.Beans {
  /** Makes the manager of the test the container's. */
  static final class GivenManager implements Extension {
    private final CacheManager manager;

    GivenManager(CacheManager manager) {
      this.manager = manager;
    }

    void add(@Observes AfterBeanDiscovery event) {
      event
          .<CacheManager>addBean()
          .types(CacheManager.class, Object.class)
          .scope(Singleton.class)
          .alternative(true)
          .priority(1)
          .createWith(context -> manager);
    }
  }

  private final SeContainer container;

  CdiBeans(CacheManager manager) {
    this.container =
        SeContainerInitializer.newInstance()
            .addExtensions(new GivenManager(manager))
            .addBeanClasses(
                CacheNameOnEachMethodBlogManagerImpl.class,
                ClassLevelCacheConfigBlogManagerImpl.class,
                UsingDefaultCacheNameBlogManagerImpl.class)
            .initialize();
  }

  @Override
  public <T> T getBeanByType(Class<T> type) {
    return container.select(type).get();
  }

  @Override
  public void close() {
    container.close();
  }
}
