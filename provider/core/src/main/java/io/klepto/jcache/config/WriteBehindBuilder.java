package io.klepto.jcache.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Builds {@link WriteBehind} settings. Each method returns the builder. Not thread-safe. */
public final class WriteBehindBuilder {
  private int maxQueued = 10_000;
  private int batchSize = 500;
  private Duration linger = Duration.ofMillis(10);
  private int retries = 5;
  private Duration firstPause = Duration.ofMillis(100);
  private Duration longestPause = Duration.ofSeconds(10);
  private WriteFailureListener listener;

  WriteBehindBuilder() {}

  /** Bounds how many keys may have a write in the queue; 10,000 unless set. */
  public WriteBehindBuilder maxQueued(int keys) {
    this.maxQueued = keys;
    return this;
  }

  /** Sets how many writes go to the archive at once, at the most; 500 unless set. */
  public WriteBehindBuilder batchSize(int writes) {
    this.batchSize = writes;
    return this;
  }

  /** Sets how long a batch waits to become full; 10 ms unless set. */
  public WriteBehindBuilder linger(Duration linger) {
    this.linger = requireNonNull(linger, "linger");
    return this;
  }

  /**
   * Sets what happens when the archive fails: 5 retries, the first after 100 ms, each pause twice
   * as long as the one before but no longer than 10 s, unless set.
   *
   * @param retries how many, 0 for none
   * @param firstPause before the first retry
   * @param longestPause the bound of the pauses
   */
  public WriteBehindBuilder retries(int retries, Duration firstPause, Duration longestPause) {
    this.retries = retries;
    this.firstPause = requireNonNull(firstPause, "firstPause");
    this.longestPause = requireNonNull(longestPause, "longestPause");
    return this;
  }

  /** Sets who is told of each write that was given up. */
  public WriteBehindBuilder onFailure(WriteFailureListener listener) {
    this.listener = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException if a number is out of range
   */
  public WriteBehind build() {
    return new WriteBehind(
        maxQueued, batchSize, linger, retries, firstPause, longestPause, listener);
  }
}
