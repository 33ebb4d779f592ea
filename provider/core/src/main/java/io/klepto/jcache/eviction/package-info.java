/**
 * Which entries leave memory when it is full. {@link io.klepto.jcache.eviction.Evictor} is what a
 * policy does; {@link io.klepto.jcache.eviction.Eviction} calls it, from many threads, and is where
 * to start reading. {@link io.klepto.jcache.eviction.BoundedNode} carries what a policy knows of an
 * entry.
 */
package io.klepto.jcache.eviction;
