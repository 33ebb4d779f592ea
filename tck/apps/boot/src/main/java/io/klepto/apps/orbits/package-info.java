/**
 * A web application of Spring Boot whose caches outlive it, also {@code kill -9}. Its fat jar holds
 * their configuration file. Start with {@link io.klepto.apps.orbits.OrbitsApplication}.
 */
package io.klepto.apps.orbits;
