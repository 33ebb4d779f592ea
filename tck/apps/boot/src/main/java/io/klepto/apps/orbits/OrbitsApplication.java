package io.klepto.apps.orbits;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

/** The application: {@code curl localhost:8080/orbits/5.2} asks for the orbit of Jupiter. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableCaching
public class OrbitsApplication {
  /** For Spring. */
  OrbitsApplication() {}

  /** Runs until it is stopped. */
  public static void main(String[] arguments) {
    SpringApplication.run(OrbitsApplication.class, arguments);
  }
}
