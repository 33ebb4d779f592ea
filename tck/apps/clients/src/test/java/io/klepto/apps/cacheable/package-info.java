/**
 * Spring Framework's own cache abstraction ({@code @Cacheable} and its like) on our caches, in a
 * real context. Start with {@link io.klepto.apps.cacheable.SpringCacheTest}.
 */
package io.klepto.apps.cacheable;
