package io.klepto.jcache;

/**
 * klepto's numbers of a cache. The counters stand still while statistics are off.
 *
 * @param hits how many reads found their entry in memory
 * @param misses how many found it neither there nor in the archive
 * @param loads how many entries came from the archive
 * @param maxEntries the bound of memory; {@link Long#MAX_VALUE} if there is none
 * @param size how many entries are in memory
 * @param bypasses how many calls of a safe cache were taken for a miss, since their key could not
 *     be encoded or the archive failed
 */
public record CacheInfo(
    long hits, long misses, long loads, long maxEntries, long size, long bypasses) {}
