package io.klepto.jcache.management;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The counters of one cache.
 *
 * <p>Source: JSR-107 1.1, {@code CacheStatisticsMXBean}, and numbers of our own: loads (entries
 * brought from the archive, each of them a hit as well), dumps, failures of the archive, and
 * bypasses (failed reads that were treated as misses).
 *
 * <p>An operation begins with {@code startGet}, {@code startPut} or {@code startRemoval} and ends
 * with the method that counts it, to which it hands the ticket that it got. An operation of two
 * kinds, such as {@code getAndPut}, begins once and ends as both. The time until the call that
 * counts is the operation's: a miss is counted before the loader is asked, since JSR-107 leaves
 * loading out of the get time. Operations that count as nothing just drop their ticket.
 *
 * <p>Only a sample is timed: the first 64 of each kind, then 1 in 64 at random. Averages are
 * unbiased estimates; counts are exact, once the operations that count are done.
 *
 * <p>Thread-safe, without locks. Counters are read one by one, not at one moment; {@link #clear}
 * while operations go on may keep or lose some of theirs.
 */
public final class CacheStatistics {
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder removals = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder dumps = new LongAdder();
  private final LongAdder failedReads = new LongAdder();
  private final LongAdder failedWrites = new LongAdder();
  private final LongAdder bypasses = new LongAdder();
  private final OperationTimer getTimes;
  private final OperationTimer putTimes;
  private final OperationTimer removalTimes;

  /** Makes counters that are zero. */
  public CacheStatistics() {
    this(OperationTimer.SYSTEM_NANOS);
  }

  CacheStatistics(LongSupplier nanoClock) {
    getTimes = new OperationTimer(nanoClock);
    putTimes = new OperationTimer(nanoClock);
    removalTimes = new OperationTimer(nanoClock);
  }

  /** Begins a get. Returns its ticket; 0 if it is not timed. */
  public long startGet() {
    return getTimes.start();
  }

  /** Begins a put. Returns its ticket; 0 if it is not timed. */
  public long startPut() {
    return putTimes.start();
  }

  /** Begins a removal. Returns its ticket; 0 if it is not timed. */
  public long startRemoval() {
    return removalTimes.start();
  }

  /** Counts a get that found its key. */
  public void hit(long ticket) {
    hits.increment();
    getTimes.stop(ticket, 1);
  }

  /** Counts a get that did not find its key. */
  public void miss(long ticket) {
    misses.increment();
    getTimes.stop(ticket, 1);
  }

  /** Counts one call that was a get of many keys; its time is shared among them. */
  public void gets(int hits, int misses, long ticket) {
    this.hits.add(hits);
    this.misses.add(misses);
    getTimes.stop(ticket, (long) hits + misses);
  }

  /** Counts a put. */
  public void put(long ticket) {
    puts(1, ticket);
  }

  /** Counts one call that put many entries; its time is shared among them. */
  public void puts(int count, long ticket) {
    puts.add(count);
    putTimes.stop(ticket, count);
  }

  /** Counts a removal of an entry that was there. */
  public void removal(long ticket) {
    removals(1, ticket);
  }

  /** Counts one call that removed many entries; its time is shared among them. */
  public void removals(int count, long ticket) {
    removals.add(count);
    removalTimes.stop(ticket, count);
  }

  /** Counts entries that left memory for want of room. */
  public void evicted(int count) {
    evictions.add(count);
  }

  /** Counts entries that were brought from the archive. */
  public void loaded(int count) {
    loads.add(count);
  }

  /** Counts entries that were written to the archive by a dump or as they were evicted. */
  public void dumped(int count) {
    dumps.add(count);
  }

  /** Counts a call by which the archive could not be read. */
  public void readFailed() {
    failedReads.increment();
  }

  /** Counts entries that the archive did not write or remove. */
  public void writesFailed(int count) {
    failedWrites.add(count);
  }

  /** Counts a read that failed and was treated as a miss. */
  public void bypassed() {
    bypasses.increment();
  }

  /** Sets everything to zero. */
  public void clear() {
    hits.reset();
    misses.reset();
    puts.reset();
    removals.reset();
    evictions.reset();
    loads.reset();
    dumps.reset();
    failedReads.reset();
    failedWrites.reset();
    bypasses.reset();
    getTimes.clear();
    putTimes.clear();
    removalTimes.clear();
  }

  /** Returns how many gets found their key. */
  public long hitCount() {
    return hits.sum();
  }

  /** Returns how many gets did not find their key. */
  public long missCount() {
    return misses.sum();
  }

  /** Returns how many entries were put. */
  public long putCount() {
    return puts.sum();
  }

  /** Returns how many entries were removed by callers. */
  public long removalCount() {
    return removals.sum();
  }

  /** Returns how many entries left memory for want of room. */
  public long evictionCount() {
    return evictions.sum();
  }

  /** Returns how many entries were brought from the archive. */
  public long loadCount() {
    return loads.sum();
  }

  /** Returns how many entries were dumped. */
  public long dumpCount() {
    return dumps.sum();
  }

  /** Returns how many reads of the archive failed. */
  public long failedReadCount() {
    return failedReads.sum();
  }

  /** Returns how many writes and removals the archive failed to do. */
  public long failedWriteCount() {
    return failedWrites.sum();
  }

  /** Returns how many reads failed and were treated as misses. */
  public long bypassCount() {
    return bypasses.sum();
  }

  /** Returns the mean duration of a get in microseconds; 0 if there was none. */
  public float averageGetMicros() {
    return getTimes.meanMicros();
  }

  /** Returns the mean duration of a put in microseconds; 0 if there was none. */
  public float averagePutMicros() {
    return putTimes.meanMicros();
  }

  /** Returns the mean duration of a removal in microseconds; 0 if there was none. */
  public float averageRemovalMicros() {
    return removalTimes.meanMicros();
  }
}
