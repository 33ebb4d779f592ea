package io.klepto.jcache.config;

/** Which entry leaves memory when a cache is full. The names are klepto's. */
public enum EvictionPolicy {
  /** The entry that was used longest ago. */
  LRU,
  /** The entry that was used least often since it came; among equals, the one that came first. */
  LFU,
  /** The entry that was used last before the one that needs the room. */
  MRU,
  /** An entry chosen at random, each with equal chance. */
  RR,
  /** Nothing stays in memory at all: {@code maxEntries} is 0. */
  NO,
  /** Nothing is ever evicted: {@code maxEntries} is unbounded. */
  INF
}
