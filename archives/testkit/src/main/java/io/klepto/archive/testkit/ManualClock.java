package io.klepto.archive.testkit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. Any number of threads may use it. */
final class ManualClock implements InstantSource {
  private final AtomicLong millis;

  ManualClock(long millis) {
    this.millis = new AtomicLong(millis);
  }

  void advanceMillis(long by) {
    millis.addAndGet(by);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }
}
