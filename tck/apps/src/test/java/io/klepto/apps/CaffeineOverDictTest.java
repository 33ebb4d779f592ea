package io.klepto.apps;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Caffeine over dictionaries in memory, which outlive the provider. */
final class CaffeineOverDictTest extends CaffeineOverArchives {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final URI location = URI.create("dict:CaffeineOverDictTest-" + NUMBERS.incrementAndGet());

  @Override
  URI location() {
    return location;
  }
}
