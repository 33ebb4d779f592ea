/**
 * Caches whose second tier is an archive, from outside: what a user sees over runs, evictions and
 * failures. Start with {@link io.klepto.jcache.archived.WriteThroughContract}.
 */
package io.klepto.jcache.archived;
