package io.klepto.bench.annotation;

import io.klepto.cdi.CacheExtension;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import javax.cache.CacheManager;

/** A container of Weld SE, where our CDI interceptors run the annotations. */
final class WeldLibrary implements AutoCloseable {
  /** Does the work; a class that the container can extend. */
  public static class Shelf implements Library {
    private final Library library = new Library.Shelf();

    @Override
    public Double ofOne(String text) {
      return library.ofOne(text);
    }

    @Override
    public Double ofThree(String text, Integer number, Double real) {
      return library.ofThree(text, number, real);
    }
  }

  /** Makes a manager the container's. */
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

  WeldLibrary(CacheManager manager) {
    this.container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new CacheExtension(), new GivenManager(manager))
            .addBeanClasses(Shelf.class)
            .initialize();
  }

  Library library() {
    Library library = container.select(Library.class).get();
    if (library.getClass() == Shelf.class) {
      throw new IllegalStateException(
          "expected a bean with interceptors, found a plain " + library);
    }
    return library;
  }

  @Override
  public void close() {
    container.close();
  }
}
