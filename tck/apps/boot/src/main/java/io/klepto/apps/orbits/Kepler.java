package io.klepto.apps.orbits;

import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** Computes orbits, each once. */
@Service
public class Kepler {
  /** For Spring. */
  Kepler() {}

  /**
   * Returns an orbit (Kepler's third law).
   *
   * @param axis the semi-major axis, in astronomical units
   */
  @Cacheable("orbits")
  public Orbit orbit(double axis) {
    return new Orbit(axis, Math.sqrt(axis * axis * axis), ProcessHandle.current().pid());
  }
}
