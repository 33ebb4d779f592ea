package io.klepto.apps.boot;

import java.nio.file.Path;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application of Spring Boot that remembers what it computes. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableCaching
class Planets {
  static final String CACHE = "orbits";

  /** For Spring. */
  Planets() {}

  /** Starts it as a user does who sets properties only. */
  static ConfigurableApplicationContext start(String... properties) {
    return builder(properties).run();
  }

  /** Starts it with a bean beside: what caches are configured with. */
  static ConfigurableApplicationContext startArchived(Path folder, String... properties) {
    return builder(properties)
        .initializers(context -> Defaults.register(context.getBeanFactory(), folder))
        .run();
  }

  private static SpringApplicationBuilder builder(String... properties) {
    return new SpringApplicationBuilder(Planets.class)
        .web(WebApplicationType.NONE)
        .properties("spring.main.banner-mode=off", "logging.level.root=warn")
        .properties(properties);
  }

  @Bean
  Orbits orbits() {
    return new Orbits();
  }
}
