package io.klepto.jcache.archived;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to go on. For use by one thread. */
final class ManualClock implements InstantSource {
  private long millis = 1_000_000_000_000L;

  void advanceSeconds(long seconds) {
    advanceMillis(seconds * 1_000);
  }

  void advanceMillis(long by) {
    millis += by;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }
}
