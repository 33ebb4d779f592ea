package io.klepto.jcache;

/**
 * What happens between a cache and its archive, for JMX: {@code
 * io.klepto:type=CacheArchive,CacheManager=<uri>,Cache=<name>}, with the characters that object
 * names can't have replaced as in the beans of JSR-107.
 *
 * <p>Registered while the cache's statistics are enabled, if it has a place for an archive or is
 * safe. The counters stand still while statistics are off; {@link KleptoCache#evictAll} and the
 * {@code clear} of the JSR-107 bean set them to zero, the two numbers of the queue apart.
 */
public interface CacheArchiveMXBean {
  /** Returns how many entries reads brought from the archive into memory. */
  long getLoads();

  /** Returns how many entries were dumped: by {@code dump}, at their eviction, at an end. */
  long getDumps();

  /** Returns how many calls failed to read the archive. */
  long getFailedReads();

  /** Returns how many entries the archive failed to write or remove, writes behind apart. */
  long getFailedWrites();

  /** Returns how many failed calls of a safe cache were taken for misses. */
  long getBypasses();

  /** Returns how many keys have a write in the queue of a cache that writes behind. */
  long getQueueLength();

  /** Returns how often a queued write was given up since the archive was attached. */
  long getRefusedWrites();
}
