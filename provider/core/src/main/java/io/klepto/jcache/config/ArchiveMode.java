package io.klepto.jcache.config;

/** When what is in memory reaches the archive. */
public enum ArchiveMode {
  /** Before {@code put} returns: what was acknowledged is in the archive. The default. */
  WRITE_THROUGH,
  /**
   * When an entry is evicted, dumped, or the cache is closed: klepto's own mode. A process that is
   * killed loses what was not dumped, and an older archived value may come back.
   */
  ON_EVICT
}
