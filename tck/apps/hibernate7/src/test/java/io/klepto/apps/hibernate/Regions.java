package io.klepto.apps.hibernate;

import io.klepto.jcache.config.KleptoConfiguration;
import io.klepto.jcache.config.KleptoConfigurationBuilder;
import java.nio.file.Path;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** Caches for Hibernate's regions, made before Hibernate asks for them. */
final class Regions {
  private static final List<String> ENTITIES =
      List.of(
          Catalogue.AUTHORS, Catalogue.AUTHORS_BY_NAME, Catalogue.BOOKS, Catalogue.BOOKS_OF_AUTHOR);

  /** The configuration file, a resource of the class path. */
  static final String FILE = "library.conf";

  private static final String LOCATION = "library.regions";

  private Regions() {}

  /** Says where the archive is that the configuration file speaks of. */
  static void place(Path folder) {
    System.setProperty(LOCATION, folder.resolve("regions.klepto").toUri().toString());
  }

  static CacheManager manager() {
    return Caching.getCachingProvider().getCacheManager();
  }

  /**
   * All in an archive; memory holds few entities and results of queries. The timestamps of updates
   * tell which results are stale: they are unbounded, and persist because results of queries do.
   */
  static CacheManager archived(Path folder) {
    KleptoConfigurationBuilder<Object, Object> archived =
        KleptoConfiguration.builder(Object.class, Object.class)
            .archive(folder.resolve("regions.klepto").toUri())
            .allow("org.hibernate.*");
    return create(manager(), archived);
  }

  private static CacheManager create(
      CacheManager manager, KleptoConfigurationBuilder<Object, Object> region) {
    manager.createCache(Catalogue.TIMESTAMPS, region.build());
    region.maxEntries(1);
    manager.createCache(Catalogue.QUERIES, region.build());
    ENTITIES.forEach(name -> manager.createCache(name, region.build()));
    return manager;
  }
}
