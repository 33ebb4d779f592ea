/**
 * Spring Boot with nothing but our jar on the class path: it finds the provider, creates the caches
 * that its properties name, and publishes their metrics.
 */
package io.klepto.apps.boot;
