package io.klepto.jcache.copy;

/**
 * What stands between a store-by-value cache and its caller: objects go in and come out as copies.
 *
 * <p>A copy equals its original and shares nothing with it that can change. Within one copy, shared
 * references and cycles are as they were. What cannot change is not copied: {@code copy} may return
 * its argument.
 *
 * <p>Thread-safe. Objects that other threads change during the copy need the caller's own lock,
 * unless they are concurrent collections.
 */
@FunctionalInterface
public interface Copier {
  /**
   * Returns a copy of an object, or the object itself if it cannot change.
   *
   * @param object what to copy, not null
   * @return the copy, not null
   * @throws javax.cache.CacheException if the object, or one that it holds, can't be copied; the
   *     message names the class, the way from the object to it, and the remedy
   */
  Object copy(Object object);
}
