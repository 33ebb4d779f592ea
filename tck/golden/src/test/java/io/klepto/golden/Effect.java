package io.klepto.golden;

import java.util.NavigableSet;

/**
 * What one operation did, and the state that it left.
 *
 * @param answer what it returned: an Integer, a Boolean, an {@link Failed}, or null
 * @param evaluations how often it evaluated the function
 * @param hits the counter of hits after it
 * @param misses the counter of misses after it
 * @param loads the counter of loads after it
 * @param maxEntries the bound of memory; {@link Long#MAX_VALUE} if there is none
 * @param size the number of entries that the cache says it has in memory
 * @param resident the keys in memory
 * @param archived the keys in the archive that is attached; none if none is
 */
record Effect(
    Object answer,
    int evaluations,
    long hits,
    long misses,
    long loads,
    long maxEntries,
    long size,
    NavigableSet<Integer> resident,
    NavigableSet<Integer> archived) {}
