package io.klepto.jcache;

import java.util.OptionalLong;

/**
 * How far a long work on a cache's entries is.
 *
 * @param cacheName the name of the cache
 * @param verb what is being done
 * @param done how many entries have been dealt with, those included for which nothing had to be
 *     done
 * @param total how many there were when the work began; empty if nobody knows without counting
 */
public record Progress(String cacheName, Verb verb, long done, OptionalLong total) {
  /** What is being done to the entries. */
  public enum Verb {
    /** They are brought from the archive into memory. */
    LOAD,
    /** They are written from memory to the archive. */
    DUMP
  }
}
