package io.klepto.apps.boot;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.Cacheable;

/** Orbital periods, remembered. */
class Orbits {
  private final AtomicInteger computed = new AtomicInteger();

  /** For Spring. */
  Orbits() {}

  /** How many were computed. */
  int computed() {
    return computed.get();
  }

  /**
   * Returns a period in years (Kepler's third law).
   *
   * @param axis the semi-major axis, in astronomical units
   */
  @Cacheable(Planets.CACHE)
  public double years(double axis) {
    computed.incrementAndGet();
    return Math.sqrt(axis * axis * axis);
  }
}
