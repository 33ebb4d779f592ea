/**
 * What lies behind memory: the archive as {@link io.klepto.jcache.through.SecondTier}, the
 * application's own loader and writer, and {@link io.klepto.jcache.through.Flights}, by which
 * concurrent misses of one key load once.
 */
package io.klepto.jcache.through;
