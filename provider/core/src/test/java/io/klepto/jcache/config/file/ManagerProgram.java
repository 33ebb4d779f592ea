package io.klepto.jcache.config.file;

import io.klepto.jcache.KleptoCachingProvider;
import io.klepto.jcache.config.KleptoConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;

/** A process that uses the caches of one manager, and says so at its end. */
final class ManagerProgram {
  static final String DONE = "done";

  private ManagerProgram() {}

  /** Runs with the folder of an archive and the manager's URI; without one, with the default. */
  public static void main(String[] arguments) {
    try (CachingProvider provider = new KleptoCachingProvider()) {
      URI uri = arguments.length > 1 ? URI.create(arguments[1]) : provider.getDefaultURI();
      Properties others = new Properties();
      others.setProperty("com.example.setting", "of somebody else");
      CacheManager manager = provider.getCacheManager(uri, null, others);
      Cache<String, String> cache =
          manager.createCache(
              "c",
              KleptoConfiguration.builder(String.class, String.class)
                  .archive(Path.of(arguments[0]))
                  .maxEntries(10)
                  .statistics(true)
                  .management(true)
                  .build());
      cache.put("k", "v");
      manager.destroyCache("c");
      if (manager.getCache("other") == null) {
        System.out.println(DONE);
      }
    }
  }
}
