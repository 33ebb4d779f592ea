/**
 * Rate limits kept in a cache: the tests that Bucket4j publishes for makers of back-ends, on our
 * caches.
 */
package io.klepto.apps.bucket4j;
