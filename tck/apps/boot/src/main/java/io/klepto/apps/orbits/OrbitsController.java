package io.klepto.apps.orbits;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers what the period of an orbit is, and which process computed it. */
@RestController
final class OrbitsController {
  private final Kepler kepler;

  OrbitsController(Kepler kepler) {
    this.kepler = kepler;
  }

  @GetMapping("/orbits/{axis}")
  Orbit orbit(@PathVariable double axis) {
    return kepler.orbit(axis);
  }
}
