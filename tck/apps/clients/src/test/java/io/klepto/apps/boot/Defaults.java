package io.klepto.apps.boot;

import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The bean that Spring Boot creates each cache of {@code spring.cache.cache-names} with. */
final class Defaults {
  private Defaults() {}

  static void register(ConfigurableListableBeanFactory beans, Path folder) {
    beans.registerSingleton(
        "cacheDefaults",
        KleptoConfiguration.builder(Object.class, Object.class)
            .archive(folder)
            .maxEntries(1)
            .statistics(true)
            .build());
  }
}
