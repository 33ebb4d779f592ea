/**
 * The price of a call that a JCache annotation answers from the cache. Start with {@link
 * io.klepto.bench.annotation.AnnotationReport}.
 */
package io.klepto.bench.annotation;
