/**
 * Our provider beside four others through {@code javax.cache.Cache}. Start with {@link
 * io.klepto.bench.jcache.Row} for what is measured, and {@link io.klepto.bench.jcache.Contender}
 * for who takes part, and how each is configured.
 */
package io.klepto.bench.jcache;
