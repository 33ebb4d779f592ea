package io.klepto.jcache.config;

/** What a cache does when a key can't be encoded, or its archive fails on a read. */
public enum Failure {
  /** The call throws, and the exception says which key and why: klepto's standard caches. */
  THROW,
  /**
   * The call is a miss that stores nothing, is counted, and is logged once for each cache: klepto's
   * safe caches. Failed writes throw all the same.
   */
  BYPASS
}
