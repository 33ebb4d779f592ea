package io.klepto.jcache;

/**
 * Is told how far a long work on a cache is: {@link KleptoCache#load(ProgressListener)}, {@link
 * KleptoCache#dump(ProgressListener)}, {@link KleptoCache#sync(boolean, ProgressListener)}.
 *
 * <p>Called by the thread that asked for the work, after some hundreds of entries each time, and
 * once at the end. No lock is held; it may use the cache. What it throws ends the work: entries
 * that are being moved are moved, no others, and the exception reaches the caller.
 */
@FunctionalInterface
public interface ProgressListener {
  /** A listener that does nothing. */
  ProgressListener NONE = progress -> {};

  /** Is told that the work went on. */
  void progressed(Progress progress);
}
