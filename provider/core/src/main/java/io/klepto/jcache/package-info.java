/**
 * The JCache (JSR-107) provider. {@link io.klepto.jcache.KleptoCachingProvider} is the way in for
 * {@code Caching.getCachingProvider()}, {@link io.klepto.jcache.KleptoCache} what our caches can do
 * beyond the standard.
 *
 * <p>To read the code, start with {@code TieredCache}, the surface, then {@code Tiers}, what a
 * cache is made of, then {@code Reads} and {@code Changes}, how an entry travels.
 */
package io.klepto.jcache;
