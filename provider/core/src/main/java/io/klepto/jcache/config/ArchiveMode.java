package io.klepto.jcache.config;

/**
 * When what is in memory reaches the archive, and what a process that is killed ({@code kill -9},
 * power loss apart) may lose. A process that ends in the ordinary way ({@code System.exit}, {@code
 * SIGTERM}, the last thread) loses nothing in any mode but {@link #MANUAL}: caches that are still
 * open are dumped by a shutdown hook.
 */
public enum ArchiveMode {
  /**
   * Before {@code put} returns: what was acknowledged is in the archive, and a killed process loses
   * nothing. The default.
   */
  WRITE_THROUGH,
  /**
   * Soon: {@code put} and {@code remove} return when their change is in a bounded queue, from which
   * a thread writes batches. Repeated changes of one key become one; changes of one key are never
   * out of order. Reads of every kind see what is queued; other processes, and who reads the
   * archive itself, do not. {@code dump}, {@code sync} and {@code close} wait until the queue is
   * empty. What the archive refuses, after retries, is reported and kept: see {@link WriteBehind}.
   *
   * <p>A killed process loses what was queued, the last some milliseconds of changes if the archive
   * keeps up: an older archived value may come back, and so may an entry that was removed.
   */
  WRITE_BEHIND,
  /**
   * When an entry is evicted, dumped, or the cache is closed: klepto's own mode. A killed process
   * loses what was not dumped, however long ago it was put, and an older archived value may come
   * back. Removals reach the archive at once.
   */
  ON_EVICT,
  /**
   * When somebody says so: the archive is touched by {@code load}, {@code dump}, {@code sync} and
   * {@code drop} alone. All other operations see memory only, misses ask the loader, evicted
   * entries are dropped, and closing the cache dumps nothing. Whatever was not dumped is lost at
   * any end of the process.
   */
  MANUAL
}
