package io.klepto.jcache.config;

/** Among whom a value that is missing is loaded or computed only once at a time. */
public enum ComputeOnce {
  /** The threads of this process. The default. */
  PROCESS,
  /**
   * All processes of the host that use the archive: who misses a key that another process is
   * computing waits, and finds the result in the archive. The right to compute is free at once when
   * its process dies, and after {@link Sharing#computeWait} the key is computed anyway.
   *
   * <p>For archives that can lock a key, and {@link ArchiveMode#WRITE_THROUGH}. Loads that an entry
   * processor causes, and {@code loadAll} that replaces or has no read-through, wait for nobody.
   */
  HOST
}
