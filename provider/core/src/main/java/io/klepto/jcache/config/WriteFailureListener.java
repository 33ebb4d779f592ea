package io.klepto.jcache.config;

import io.klepto.archive.ArchiveException;

/**
 * Is told of each queued write that the archive has refused for good.
 *
 * <p>Called from the cache's writing thread, for one write after the other. It must neither block
 * nor call the cache. What it throws is logged.
 */
@FunctionalInterface
public interface WriteFailureListener {
  /**
   * Takes note of a write that was given up after all its retries. The cache keeps it, reads still
   * see it, and it is tried again by {@code dump}, {@code sync} and {@code close}.
   *
   * @param key the key
   * @param valueOrNull the value that could not be written; null if an entry could not be removed
   * @param cause why, at the last try
   */
  void gaveUp(Object key, Object valueOrNull, ArchiveException cause);
}
