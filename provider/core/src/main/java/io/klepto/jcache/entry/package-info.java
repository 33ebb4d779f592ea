/**
 * One entry in memory and the lock of its key. {@link io.klepto.jcache.entry.Node} is the entry,
 * {@link io.klepto.jcache.entry.KeyLocks} waits for it.
 */
package io.klepto.jcache.entry;
