package io.klepto.apps.cacheable;

import io.klepto.jcache.config.KleptoConfiguration;
import java.nio.file.Path;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/** What a cache of Spring's is configured with; Spring declares no types. */
enum Kind {
  IN_MEMORY {
    @Override
    Configuration<Object, Object> configuration(Path folder) {
      return new MutableConfiguration<>();
    }
  },
  /** One entry in memory, so that most come from the archive. */
  ARCHIVED {
    @Override
    Configuration<Object, Object> configuration(Path folder) {
      return KleptoConfiguration.builder(Object.class, Object.class)
          .maxEntries(1)
          .archive(folder)
          .allow("org.springframework.cache.*")
          .build();
    }
  };

  abstract Configuration<Object, Object> configuration(Path folder);
}
