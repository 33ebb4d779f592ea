package io.klepto.jcache.archived;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Write-through caches over dictionaries in memory, which outlive the provider. */
final class DictWriteThroughTest extends WriteThroughContract {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final URI location = URI.create("dict:DictWriteThroughTest-" + NUMBERS.incrementAndGet());

  @Override
  URI location() {
    return location;
  }
}
