package io.klepto.jcache.config;

/** What memory promises when other processes of the host change the same archive. */
public enum Coherence {
  /** Nothing: the archive is used by one process, or its entries never change. The default. */
  NONE,
  /**
   * A read that begins after another process's write, remove or clear was acknowledged never
   * returns the older value, and operations that look and change, such as {@code putIfAbsent},
   * {@code replace} and {@code invoke}, are atomic between processes. Memory compares a stamp of
   * the archive at each hit and asks the archive when it has moved; every change holds the key's
   * lock in the archive. Who changes the archive without such a cache is seen in time, too, but
   * does not take part in the atomic operations: what it writes in the midst of one may be lost.
   *
   * <p>For archives that have stamps ({@code file:}, {@code dir:}, {@code hdf:}, {@code hdfdir:} on
   * a local disk) and {@link ArchiveMode#WRITE_THROUGH}.
   */
  STAMPS
}
