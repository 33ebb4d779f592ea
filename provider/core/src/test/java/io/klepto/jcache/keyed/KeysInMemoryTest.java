package io.klepto.jcache.keyed;

import io.klepto.jcache.KleptoCache;
import io.klepto.jcache.config.KleptoConfigurationBuilder;

/** Transformed keys of a cache without an archive. */
final class KeysInMemoryTest extends TransformedKeysContract {
  @Override
  KleptoConfigurationBuilder<Double, String> with(
      KleptoConfigurationBuilder<Double, String> rounded) {
    return rounded;
  }

  @Override
  void pause(KleptoCache<Double, String> cache) {}
}
