/** Resilience4j's cache decorator on our caches. */
package io.klepto.apps.resilience4j;
