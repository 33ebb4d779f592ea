package io.klepto.jcache.store;

/**
 * The short way to what is in memory, for callers that know that their keys are right: no check of
 * types, no copy, no counting. What it can't answer, the cache is to be asked.
 *
 * <p>Had by {@code cache.unwrap(Hits.class)}. Any number of threads may call.
 */
public abstract class Hits {
  /** For those in this module that know the tiers. */
  protected Hits() {}

  /**
   * Returns whether every key may be looked for; otherwise only strings and numbers that never
   * change.
   */
  public abstract boolean takesAnyKey();

  /**
   * Returns the value in memory, which has been used by that; null if there is none, or if the
   * cache has to be asked.
   *
   * @param key not null
   */
  public abstract Object find(Object key);
}
