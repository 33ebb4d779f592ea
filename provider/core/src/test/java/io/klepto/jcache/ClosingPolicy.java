package io.klepto.jcache;

import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** Entries live for ever; what a test wants runs when the cache closes its parts. */
record ClosingPolicy(Runnable atClose) implements ExpiryPolicy, AutoCloseable {
  @Override
  public Duration getExpiryForCreation() {
    return Duration.ETERNAL;
  }

  @Override
  public Duration getExpiryForAccess() {
    return null;
  }

  @Override
  public Duration getExpiryForUpdate() {
    return null;
  }

  @Override
  public void close() {
    atClose.run();
  }
}
