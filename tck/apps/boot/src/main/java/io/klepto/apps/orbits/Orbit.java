package io.klepto.apps.orbits;

/**
 * An orbit around the sun.
 *
 * @param axis its semi-major axis, in astronomical units
 * @param years its period
 * @param computedBy the process that computed it
 */
public record Orbit(double axis, double years, long computedBy) {}
