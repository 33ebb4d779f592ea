package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * How a cache with {@link ArchiveMode#WRITE_BEHIND} writes.
 *
 * @param maxQueued how many keys may have a write in the queue, those included that the archive
 *     refused; a call that finds it full waits
 * @param batchSize how many writes go to the archive at once, at the most
 * @param linger how long a batch waits to become full
 * @param retries how often a batch is tried again before what is left of it is given up
 * @param firstPause how long to wait before the first retry; each further pause is twice as long
 * @param longestPause the bound of that
 * @param listenerOrNull is told what was given up
 */
public record WriteBehind(
    int maxQueued,
    int batchSize,
    Duration linger,
    int retries,
    Duration firstPause,
    Duration longestPause,
    WriteFailureListener listenerOrNull)
    implements Serializable {
  /** Checks the ranges. */
  public WriteBehind {
    requireAtLeast("maxQueued", 1, maxQueued);
    requireAtLeast("batchSize", 1, batchSize);
    requireAtLeast("retries", 0, retries);
    requireNotNegative("linger", linger);
    requireNotNegative("firstPause", firstPause);
    requireNotNegative("longestPause", longestPause);
  }

  private static void requireAtLeast(String subject, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(
          subject + ": expected at least " + least + ", found " + found);
    }
  }

  private static void requireNotNegative(String subject, Duration found) {
    if (requireNonNull(found, subject).isNegative()) {
      throw new IllegalArgumentException(subject + ": expected no negative time, found " + found);
    }
  }

  /**
   * Starts with the defaults: 10,000 keys in the queue, batches of 500 that wait 10 ms to become
   * full, 5 retries after 100, 200, 400, 800 and 1,600 ms.
   */
  public static WriteBehindBuilder builder() {
    return new WriteBehindBuilder();
  }

  /** Returns who is told what was given up, if anybody is. */
  public Optional<WriteFailureListener> listener() {
    return Optional.ofNullable(listenerOrNull);
  }

  /** Returns how long to wait before a retry, counted from 0. */
  public Duration pauseBefore(int retry) {
    Duration pause = firstPause;
    for (int i = 0; i < retry && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
