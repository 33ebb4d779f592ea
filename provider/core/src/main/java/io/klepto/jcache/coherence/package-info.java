/**
 * What keeps the memories of several processes over one archive in step: version stamps that tell
 * whether an entry in memory may have been changed by others, and locks of keys in the archive.
 * {@link io.klepto.jcache.coherence.Coherent} is where to start.
 */
package io.klepto.jcache.coherence;
